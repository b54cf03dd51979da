"""Ask the web server beside this process whether the portal is well; exit code 0 when it is.

For the container image: the portal answers only to its own host names, so the question names one.
"""

import os
import sys
import urllib.error
import urllib.request


def main() -> int:
    """Return 0 when the portal answers 200."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    port = os.environ.get("PORTAL_PORT", "8000")
    question = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/health/", headers={"Host": host}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(question, timeout=8) as answer:
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, TimeoutError) as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
