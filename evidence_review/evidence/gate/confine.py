"""What the child that parses a file may do: almost nothing.

Called in a freshly forked child, before it looks at the first byte. Nothing here can be undone by
the child.
"""

import ctypes
import os
import resource
import signal

from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.syscall_filter import install_filter

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_OPEN_FILES = 64
_RANDOM_DEVICE = os.makedev(1, 9)

_libc = ctypes.CDLL(None)
_libc.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)


def leave_network() -> bool:
    """Move this process into a network of its own with nothing in it; False if not permitted."""
    return bool(_libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def random_devices() -> frozenset[int]:
    """The open files that are the system's random device: a library reads from its own."""
    found = set()
    for file in range(3, _OPEN_FILES):
        try:
            if os.fstat(file).st_rdev == _RANDOM_DEVICE:
                found.add(file)
        except OSError:
            continue
    return frozenset(found)


def close_all_but(keep: set[int]) -> None:
    """Close every inherited file but those in ``keep`` and the standard three."""
    edges = sorted({2, *keep})
    for low, high in zip(edges, [*edges[1:], _highest_file() + 1], strict=True):
        os.closerange(low + 1, high)


def _highest_file() -> int:
    return min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 65_536)


def confine(limits: Limits, *, output_bytes: int) -> bool:
    """Take everything away but memory, time and the files already open.

    ``output_bytes`` is how much may be written to a file (0 for none). Returns whether the filter
    on system calls is in force; the resource limits always are.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, output_bytes)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    return install_filter()


def _limit(which: int, most: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (value, value))
