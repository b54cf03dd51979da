"""What a tree of processes takes: memory with shared pages counted once, and processor time."""

import os
from collections.abc import Iterable
from pathlib import Path


def proportional_mb(roots: Iterable[int]) -> float:
    """Return the proportional set size of processes and all that descend from them, in MB.

    A page that three processes share counts a third for each, so that a sum is what they take
    together: the resident sizes of forked processes would count it three times.
    """
    return sum(_proportional_kb(pid) for root in roots for pid in _family(root)) / 1024


def processor_seconds(roots: Iterable[int]) -> float:
    """Return the processor time of processes, all that descend from them, and those that ended.

    Unlike the time on the clock it does not depend on what else the machine does.
    """
    ticks = sum(_ticks(pid) for root in roots for pid in _family(root))
    return ticks / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    # Its own and that of its children that ended, each for itself and in the kernel.
    return sum(int(field) for field in fields[11:15])


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _family(int(child))
    return found


def _proportional_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
