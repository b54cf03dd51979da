"""Which parts of two sequences belong together, in a time that grows with their length only.

``difflib`` alone takes quadratic time and worse, which a file made on purpose could use. Here the
lines that are alone of their kind on both sides are put beside each other first; ``difflib`` only
sees what lies between two of them, and only where that is short.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_COMPARED = 250_000
"""Where a stretch of the one times that of the other is above this, it counts as replaced."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both sequences, as ranges; ``same`` or not. A range may be empty."""

    old: range
    new: range
    same: bool


def align(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """Return stretches that cover both sequences from start to end, never two alike in a row."""
    merged: list[Stretch] = []
    for stretch in _stretches(old, new):
        last = merged[-1] if merged else None
        if last and last.same == stretch.same:
            merged[-1] = Stretch(
                range(last.old.start, stretch.old.stop),
                range(last.new.start, stretch.new.stop),
                last.same,
            )
        elif stretch.old or stretch.new:
            merged.append(stretch)
    return merged


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Give what is alike at both ends, and between them go from anchor to anchor."""
    start = _alike(old, new)
    most = min(len(old), len(new)) - start
    end = _alike(old[::-1][:most], new[::-1][:most])
    yield Stretch(range(start), range(start), same=True)
    a, b = start, start
    old_end, new_end = len(old) - end, len(new) - end
    for i, j in [*_anchors(old, new, range(a, old_end), range(b, new_end)), (old_end, new_end)]:
        yield from _between(old, new, range(a, i), range(b, j))
        if i < old_end:
            yield Stretch(range(i, i + 1), range(j, j + 1), same=True)
        a, b = i + 1, j + 1
    yield Stretch(range(old_end, len(old)), range(new_end, len(new)), same=True)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))


def _anchors(
    old: Sequence[str], new: Sequence[str], of_old: range, of_new: range
) -> list[tuple[int, int]]:
    """The longest row of items that occur once on each side and come in the same order on both."""
    once_old = _once(old, of_old)
    once_new = _once(new, of_new)
    pairs = [(i, once_new[item]) for item, i in once_old.items() if item in once_new]
    return [pairs[index] for index in _longest_rise([j for _, j in pairs])]


def _longest_rise(numbers: list[int]) -> list[int]:
    """The places of the longest rising row among different numbers (patience sorting)."""
    lowest: list[int] = []
    held_by: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(lowest, number)
        before.append(held_by[pile - 1] if pile else -1)
        lowest[pile : pile + 1] = [number]
        held_by[pile : pile + 1] = [place]
    row = []
    place = held_by[-1] if held_by else -1
    while place >= 0:
        row.append(place)
        place = before[place]
    return row[::-1]


def _once(items: Sequence[str], where: range) -> dict[str, int]:
    counted = Counter(items[i] for i in where)
    return {items[i]: i for i in where if counted[items[i]] == 1}


def _between(
    old: Sequence[str], new: Sequence[str], of_old: range, of_new: range
) -> Iterator[Stretch]:
    if not of_old or not of_new or len(of_old) * len(of_new) > MOST_COMPARED:
        yield Stretch(of_old, of_new, same=False)
        return
    a, b = old[of_old.start : of_old.stop], new[of_new.start : of_new.stop]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield Stretch(
            range(of_old.start + i1, of_old.start + i2),
            range(of_new.start + j1, of_new.start + j2),
            same=tag == "equal",
        )
