"""``script/server``: from a bare machine to a running portal, and back to rest on Ctrl-C."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType

from script.launch import environment, needs, options
from script.launch.portal import CannotStart, Portal
from script.launch.preparation import PreparationFailed

_SAID_PLAINLY = (
    needs.MissingNeeds,
    environment.InstallationFailed,
    options.WrongOption,
    CannotStart,
    PreparationFailed,
)


class Stop(BaseException):
    """Somebody asked this process to stop."""


def _stop(number: int, frame: FrameType | None) -> None:
    # A second signal must not interrupt the stopping itself.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    raise Stop


def main(arguments: Sequence[str]) -> int:
    """Run the portal until it is asked to stop; return the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        chosen = options.read(arguments)
        portal = Portal(chosen)
        with portal.only_one():
            needs.ensure(needs.TO_SERVE)
            environment.ensure(environment.TO_SERVE)
            _run(portal)
    except Stop:
        return 0
    except _SAID_PLAINLY as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _run(portal: Portal) -> None:
    # What people upload is nobody else's to read on this machine.
    os.umask(0o077)
    try:
        portal.start()
        while True:
            time.sleep(0.5)
            portal.watch()
    finally:
        print("Stopping.", flush=True)
        portal.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
