"""How the parser room is started: under bubblewrap where that works, on its own where it does not.

Either way every file is parsed in a child with resource limits, a filter on system calls and no
environment of ours. Bubblewrap adds a file system with nothing but the interpreter and this
package in it, and a network with nothing on it.
"""

import functools
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

_ROOM = "evidence_review.evidence.gate.parser_room"
_PACKAGE = Path(__file__).resolve().parents[2]
_ROOT = _PACKAGE.parent
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/etc/ld.so.cache")
_PROBE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Isolation:
    """What shuts the parsers in on this machine, beside the resource limits."""

    bubblewrap: bool = False
    no_network: bool = False
    call_filter: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether a parser can reach neither the network nor a file it was not given."""
        return self.call_filter or (self.bubblewrap and self.no_network)


def environment() -> dict[str, str]:
    """The room's whole environment: none of the portal's secrets are in it."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        "MALLOC_ARENA_MAX": "2",
    }


def _plain(jobs_module: str) -> list[str]:
    return [sys.executable, "-P", "-s", "-B", "-m", _ROOM, jobs_module]


def wrapped(command: list[str]) -> list[str]:
    """The command under bubblewrap, which ends with who waits for it; as it is where that fails."""
    bubblewrap = _working_bubblewrap()
    if bubblewrap is None:
        return command
    program, *rest = _wrapped(bubblewrap, (), command)
    return [program, "--die-with-parent", *rest]


def _wrapped(bubblewrap: str, visible: tuple[Path, ...], command: list[str]) -> list[str]:
    binds = [
        word
        for path in (*_SYSTEM, sys.base_prefix, sys.prefix, str(_PACKAGE), *map(str, visible))
        for word in ("--ro-bind-try", path, path)
    ]
    flags = ["--unshare-all", "--cap-drop", "ALL", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 - its own, empty
    # The empty /tmp first: an installation that itself lies below /tmp is bound into it.
    return [bubblewrap, *flags, *binds, "--chdir", "/", *command]


@functools.cache
def _working_bubblewrap() -> str | None:
    """The path of bubblewrap if it may do its work here; looked at once per process."""
    found = shutil.which("bwrap")
    if found is None:
        return None
    probe = _wrapped(found, (), [shutil.which("true") or "/bin/true"])
    try:
        done = subprocess.run(
            probe, capture_output=True, timeout=_PROBE_SECONDS, check=False, env=environment()
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        log.warning("bubblewrap does not work here: %s", done.stderr.decode("utf-8", "replace"))
        return None
    return found


def commands(jobs_module: str, visible: tuple[Path, ...]) -> Iterator[tuple[bool, list[str]]]:
    """The commands to try in turn, each with whether it uses bubblewrap.

    There is no die-with-parent: the kernel ties that to the thread that started the room, and
    threads of a web server end. The room ends when the portal's end of its socket closes.
    """
    bubblewrap = _working_bubblewrap()
    if bubblewrap:
        yield True, _wrapped(bubblewrap, visible, _plain(jobs_module))
    yield False, _plain(jobs_module)
