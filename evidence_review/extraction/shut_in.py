"""Start another program with the network, new privileges and most else taken away.

Run as ``python -m evidence_review.extraction.shut_in PROGRAM ARGUMENT...``. The program may read
files of the system and start threads; it may not open a socket, look at other processes, or use
more memory and time than a page needs. Exits with 3 where the filter cannot be put in place.
"""

import ctypes
import os
import resource
import sys
from typing import NoReturn

from evidence_review.evidence.gate.confine import leave_network
from evidence_review.evidence.gate.syscall_filter import install_filter

_NO_NEW_PRIVS = 38
_NOT_SHUT_IN = 3
_SECONDS, _MEMORY, _OUTPUT = 60, 2 * 1024**3, 1024**2
_MAY = frozenset(
    {"open", "openat", "openat2", "execve", "unlink", "unlinkat", "rename", "renameat", "mkdir"}
)
"""What the parsers' child may not and this program must: it is a program, and has its own files."""


def main(command: list[str]) -> NoReturn:
    """Replace this process by the program."""
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, _OUTPUT),
    ):
        resource.setrlimit(which, (most, most))
    alone = leave_network()
    if not install_filter(but=_MAY) and not alone:
        sys.exit(_NOT_SHUT_IN)
    os.execv(command[0], command)  # noqa: S606 - that is what it is for


if __name__ == "__main__":
    main(sys.argv[1:])
