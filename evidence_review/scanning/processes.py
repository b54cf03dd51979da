"""Which process holds a claim, so that a restart need not wait for a dead one's lease to end."""

import os
import socket
from pathlib import Path


def this_process() -> str:
    """Return a name for this process that no other process on this machine ever has."""
    pid = os.getpid()
    return f"{socket.gethostname()} {pid} {_started(pid) or '?'}"[:150]


def is_gone(holder: str) -> bool:
    """Tell whether the process of that name certainly no longer runs.

    Says no for processes of other machines, and where the system does not tell. A wrong yes would
    do no harm either: two jobs on one version are sorted out by the claim.
    """
    host, _, process = holder.partition(" ")
    pid, _, started = process.partition(" ")
    if host != socket.gethostname() or not pid.isdigit() or not started.isdigit():
        return False
    return _started(int(pid)) != started


def _started(pid: int) -> str:
    """Return when a process started, in clock ticks since the machine did; empty if it is gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    # The name of the program, in brackets, may itself hold spaces and brackets.
    state_and_rest = status.rpartition(")")[2].split()
    return "" if state_and_rest[0] in "ZX" else state_and_rest[19]
