"""What changed from one text to another, word by word, for people to read.

Texts are given as paragraphs. Paragraphs are put beside each other first and words are compared
only inside those that changed; both have limits, so that no text, however it is made, takes long.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from portal.chrome.aligning import Stretch, align

MOST_PARAGRAPHS = 20_000
"""Paragraphs compared on each side; what comes after is left out, and said to be."""
MOST_PARTS = 300
"""Changed parts given back; further ones are left out, and said to be."""
_MOST_WORDS = 20_000
"""Words compared one by one, altogether. Beyond, a changed paragraph is removed and added whole."""
_ALIKE = 0.4
"""So much of the words must be in both for two paragraphs to be one that changed."""
_LOOK_AHEAD = 12
"""How many new paragraphs are looked at to find the one that an old one became."""


class Kind(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that shared one fate."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """One paragraph that changed, or that stands beside one; or a fold, which has no pieces.

    ``unchanged`` paragraphs are folded away here, because nothing changed in them; ``left_out``
    were not compared or are not shown, because there were too many.
    """

    pieces: tuple[Piece, ...] = ()
    unchanged: int = 0
    left_out: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether anything was added or removed here."""
        return any(piece.kind is not Kind.SAME for piece in self.pieces)


def differences(old: Sequence[str], new: Sequence[str]) -> list[ChangedPart]:
    """Return what changed between two texts, paragraph by paragraph; nothing when nothing did.

    White space does not count. Around each change one unchanged paragraph is kept; longer
    unchanged stretches are folded. When there is too much, the last part says how much is left out.
    """
    before, after = _tidy(old), _tidy(new)
    beyond = max(len(before), len(after)) - MOST_PARAGRAPHS
    before, after = before[:MOST_PARAGRAPHS], after[:MOST_PARAGRAPHS]
    if before == after and beyond <= 0:
        return []
    everything = _parts(before, after)
    parts = list(islice(everything, MOST_PARTS))
    left_out = sum(max(1, part.unchanged) for part in everything) + max(0, beyond)
    return [*parts, ChangedPart(left_out=left_out)] if left_out else parts


def _tidy(paragraphs: Sequence[str]) -> list[str]:
    tidy = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return [paragraph for paragraph in tidy if paragraph]


def _parts(old: list[str], new: list[str]) -> Iterator[ChangedPart]:
    words_left = [_MOST_WORDS]
    stretches = align(old, new)
    for place, stretch in enumerate(stretches):
        if stretch.same:
            paragraphs = [new[j] for j in stretch.new]
            yield from _folded(paragraphs, is_first=place == 0, is_last=place == len(stretches) - 1)
        else:
            yield from _changed(old, new, stretch, words_left)


def _folded(paragraphs: list[str], *, is_first: bool, is_last: bool) -> Iterator[ChangedPart]:
    """Keep the neighbours of a change, fold what lies between; nothing is folded for one line."""
    head = 0 if is_first else 1
    tail = 0 if is_last else 1
    hidden = len(paragraphs) - head - tail
    if hidden <= 1 and not (is_first or is_last):
        head, hidden = len(paragraphs), 0
        tail = 0
    yield from (_whole(Kind.SAME, text) for text in paragraphs[:head])
    if hidden > 0:
        yield ChangedPart(unchanged=hidden)
    if tail:
        yield from (_whole(Kind.SAME, text) for text in paragraphs[-tail:])


def _whole(kind: Kind, text: str) -> ChangedPart:
    return ChangedPart((Piece(kind, text),))


def _changed(
    old: list[str], new: list[str], stretch: Stretch, words_left: list[int]
) -> Iterator[ChangedPart]:
    """Give the changed paragraphs: those that became another beside it, the rest by themselves."""
    j = stretch.new.start
    for i in stretch.old:
        became = _successor(old[i], new, range(j, stretch.new.stop))
        if became is None:
            yield _whole(Kind.REMOVED, old[i])
            continue
        yield from (_whole(Kind.ADDED, text) for text in new[j:became])
        yield from _word_by_word(old[i], new[became], words_left)
        j = became + 1
    yield from (_whole(Kind.ADDED, text) for text in new[j : stretch.new.stop])


def _successor(paragraph: str, new: list[str], where: range) -> int | None:
    """The first paragraph within reach that has enough words in common with this one."""
    words = Counter(paragraph.split())
    for j in where[:_LOOK_AHEAD]:
        others = Counter(new[j].split())
        shared = (words & others).total()
        if 2 * shared >= _ALIKE * (words.total() + others.total()):
            return j
    return None


def _word_by_word(old: str, new: str, words_left: list[int]) -> Iterator[ChangedPart]:
    before, after = old.split(), new.split()
    words_left[0] -= len(before) + len(after)
    if words_left[0] < 0:
        yield _whole(Kind.REMOVED, old)
        yield _whole(Kind.ADDED, new)
        return
    pieces: list[Piece] = []
    for stretch in align(before, after):
        if stretch.same:
            pieces.append(Piece(Kind.SAME, _words(after, stretch.new)))
            continue
        if stretch.old:
            pieces.append(Piece(Kind.REMOVED, _words(before, stretch.old)))
        if stretch.new:
            pieces.append(Piece(Kind.ADDED, _words(after, stretch.new)))
    yield ChangedPart(tuple(pieces))


def _words(words: list[str], where: range) -> str:
    return " ".join(words[where.start : where.stop])
