"""``python -m benchmarks.harness.fill_library DOCUMENTS SEED``: fill what ``DATABASE_URL`` names.

Its last line is one JSON object: the ``cookies`` of the two readers, and the ``refs``.
"""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()

from benchmarks.harness import library
from benchmarks.harness.bench import session_cookie
from evidence_review.evidence.models import Evidence


def main() -> None:
    """Fill it."""
    library.grow_to(int(sys.argv[1]), int(sys.argv[2]))
    readers = library.readers()
    told = {
        "cookies": [session_cookie(readers.lead), session_cookie(readers.restricted)],
        "refs": list(Evidence.objects.order_by("pk").values_list("public_id", flat=True)),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
