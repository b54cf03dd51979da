"""``script/test``: everything that has to hold, or only the tests that were named."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from types import FrameType

from script.check.postgresql import NoPostgresql, private_server
from script.check.steps import LOOKS, ON_SQLITE, Step, databases, on_postgresql
from script.launch import environment, needs
from script.launch.options import ROOT

_HELP = """\
usage: script/test                       check everything: lint, types, imports, migrations, image,
                                         tests on SQLite and on PostgreSQL, in a real browser
       script/test [PYTEST ARGUMENT...]  run some tests on SQLite: script/test -k approve
       script/test --postgresql [...]    run some tests on a private PostgreSQL

Installs what it needs the first time, and cleans up everything it starts."""
_BYTECODE = ROOT / ".cache" / "bytecode"


@dataclass(frozen=True)
class Outcome:
    """How one step ended, after how many seconds, with which closing lines."""

    name: str
    passed: bool
    seconds: float
    closing: str = ""


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for; return the exit code."""
    if {"-h", "--help"} & set(arguments):
        print(_HELP)
        return 0
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, _stop)
    try:
        if not arguments:
            needs.ensure(needs.TO_TEST)
        environment.ensure(environment.TO_DEVELOP)
        return _some(arguments) if arguments else everything()
    except (needs.MissingNeeds, environment.InstallationFailed, NoPostgresql) as problem:
        print(problem, file=sys.stderr)
        return 1


def _stop(number: int, frame: FrameType | None) -> None:
    # As an exception, so that everything that was started is stopped.
    sys.exit(128 + number)


def _some(arguments: Sequence[str]) -> int:
    on_server = "--postgresql" in arguments
    chosen = [argument for argument in arguments if argument != "--postgresql"]
    with private_server() if on_server else nullcontext("") as url:
        database = {"DATABASE_URL": url} if url else {}
        pytest = [str(environment.FOLDER / "bin" / "pytest"), *chosen]
        return subprocess.run(pytest, env=clean_environment() | database, check=False).returncode


def everything() -> int:
    """Run every step, tell how each ended, the tests last; return the exit code."""
    with private_server() as url:
        with _beside(databases(url)):
            outcomes = [_outcome(step) for step in LOOKS]
        outcomes.append(_outcome(ON_SQLITE))
        outcomes.append(_outcome(on_postgresql(url)))
    print("\n" + "=" * 78)
    for outcome in outcomes:
        verdict = "ok" if outcome.passed else "FAILED"
        print(f"{outcome.name:<22} {verdict:<7} {outcome.seconds:6.1f} s")
    for outcome in outcomes:
        if outcome.closing:
            print(f"{outcome.name}: {outcome.closing}")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


@contextmanager
def _beside(steps: Sequence[Step]) -> Iterator[None]:
    """Run steps beside something else. One that fails says nothing here: the tests will."""
    started = [
        subprocess.Popen(
            step.command,
            env=clean_environment() | dict(step.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for step in steps
    ]
    try:
        yield
    except BaseException:
        for process in started:
            process.terminate()
        raise
    finally:
        for process in started:
            process.wait()


def _outcome(step: Step) -> Outcome:
    print(f"\n--- {step.name}", flush=True)
    started = time.monotonic()
    last = ""
    with subprocess.Popen(
        step.command,
        env=clean_environment() | dict(step.environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for two lines above
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                last = line.strip() or last
        except BaseException:
            process.terminate()
            raise
    seconds = time.monotonic() - started
    closing = last if step.name.startswith("tests") else ""
    return Outcome(step.name, process.returncode == 0, seconds, closing)


def clean_environment() -> dict[str, str]:
    """Return the environment of a step."""
    # What a person has set for their own portal must not reach the tests.
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTAL_", "PG")) and not name.endswith("_URL")
    }
    # The tests start some hundred processes: each would compile the portal anew, for two seconds,
    # where bytecode is not kept. It is kept in a folder of its own, and not all over the tree.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {"PYTHONUNBUFFERED": "1", "PYTHONPYCACHEPREFIX": str(_BYTECODE)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
