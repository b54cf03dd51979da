"""``script/bench``: one benchmark, its last line one JSON object."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from script.launch import environment, needs
from script.launch.options import ROOT


def names() -> list[str]:
    """Return the names of all benchmarks."""
    found = {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    return sorted(found - {"__init__"})


def _help() -> str:
    listed = "\n".join(f"  {name}" for name in names())
    return (
        "usage: script/bench NAME [--quick]\n\n"
        "Runs one benchmark on a scratch portal, beside its floor in the same run, and prints one\n"
        "JSON object last: bench, figures, machine, versions, seed. --quick ends in a minute.\n\n"
        f"benchmarks:\n{listed}"
    )


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark that is named; return the exit code."""
    if not arguments or {"-h", "--help"} & set(arguments):
        print(_help())
        return 0 if arguments else 2
    name = arguments[0]
    if name not in names():
        print(f"There is no benchmark {name!r}.\n\n{_help()}", file=sys.stderr)
        return 2
    try:
        needs.ensure(needs.TO_SERVE)
        python = environment.ensure(environment.TO_DEVELOP)
    except (needs.MissingNeeds, environment.InstallationFailed) as problem:
        print(problem, file=sys.stderr)
        return 1
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    # Beside the tree and not in /tmp, which may be memory: a sync has to reach a disk.
    with tempfile.TemporaryDirectory(prefix="bench-", dir=cache) as scratch:
        Path(scratch).chmod(0o711)
        command = [str(python), "-m", "benchmarks.harness", *arguments]
        return subprocess.run(command, cwd=ROOT, env=_environ(scratch), check=False).returncode


def _environ(scratch: str) -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PORTAL_") and not name.endswith("_URL")
    }
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.harness.settings",
        "PORTAL_DATA": scratch,
        "PORTAL_ALLOW_TEST_SIGNATURES": "1",
        "PYTHONUNBUFFERED": "1",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
