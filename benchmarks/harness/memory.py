"""What a whole tree of processes keeps in memory, with shared pages counted once."""

from collections.abc import Iterable
from pathlib import Path


def proportional_mb(roots: Iterable[int]) -> float:
    """Return the proportional set size of processes and all that descend from them, in MB.

    A page that three processes share counts a third for each, so that a sum is what they take
    together: the resident sizes of forked processes would count it three times.
    """
    return sum(_proportional_kb(pid) for root in roots for pid in _family(root)) / 1024


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
