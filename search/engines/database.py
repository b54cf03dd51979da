"""Our own index in the database: what is asked of it for one search, and in which order.

Those with all words in the title come first, then those with the words side by side, then the
others; the youngest first within each. Four words or more are a piece of a sentence: then side by
side comes before the title, or a few words that many titles share would hide the one text meant.
Every question is bounded by a limit and answered from an index, and the next one is asked only
while there is room on the first page.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection

from search.engines import postgresql, sqlite
from search.engines.question import Bounds, Groups, Index
from search.finding import MOST, Found, How
from search.spelling import meant_by
from search.words import fold, telling

ENOUGH = 10
"""As many as a page shows: with fewer, words that only begin like the last one count, too."""
_NAMES = 3
_BEGINNINGS = 40
SHORTEST_BEGINNING = 2


def search(words: Sequence[str], bounds: Bounds) -> Found:
    """Return what holds these words, best first."""
    said = telling(words)
    if not said:
        return Found()
    found = _ranked([[word] for word in said], words, bounds)
    if len(found) < ENOUGH and (started := _started(said)):
        more = _ranked(started, words, bounds)
        found = [*dict.fromkeys([*found, *more])]
    if found:
        return Found(tuple(found[:MOST]))
    return _as_meant(said, bounds) or _most_words(said, bounds)


def suggest(words: Sequence[str], bounds: Bounds, limit: int) -> list[int]:
    """Return documents whose title holds the words, the last one by its beginning."""
    if not words:
        return []
    said = [*telling(words[:-1]), words[-1]]
    groups = _started(said) or [[word] for word in said]
    return _index().find(groups, bounds, limit, in_title=True)


def _ranked(groups: Groups, words: Sequence[str], bounds: Bounds) -> list[int]:
    index = _index()
    titled = index.find(groups, bounds, MOST + 1, in_title=True)
    is_a_sentence = len(words) > _NAMES
    if len(titled) > MOST and not is_a_sentence:
        return titled
    anywhere = index.find(groups, bounds, MOST + 1, in_title=False)
    in_a_row: list[int] = []
    if 1 < len(anywhere) <= MOST or (len(anywhere) > MOST and _says_its_order(words)):
        in_a_row = index.in_a_row(words, bounds, 2 * ENOUGH)
    both = [key for key in in_a_row if key in set(titled)]
    first, second = (in_a_row, titled) if is_a_sentence else (titled, in_a_row)
    return [*dict.fromkeys([*both, *first, *second, *anywhere])]


def _says_its_order(words: Sequence[str]) -> bool:
    """Tell whether the order of words that are everywhere is worth looking for.

    Finding out which texts hold words side by side costs the more, the more texts hold them all.
    Two words are soon found side by side, and four words, or any small ones among them, are a piece
    of a sentence. Three words that name things are most often named in any order.
    """
    return len(words) != _NAMES or len(telling(words)) < len(words)


def _started(said: Sequence[str]) -> Groups | None:
    """Return groups in which the last word may be the beginning of one; None when it cannot be.

    A stem may be shorter than what was typed of the word, so known words that begin so are looked
    for as well.
    """
    last = said[-1]
    if len(last) < SHORTEST_BEGINNING:
        return None
    known = _index().beginning_with(fold(last), _BEGINNINGS)
    if not known:
        return None
    few = known if len(known) <= _BEGINNINGS else []
    return [*([word] for word in said[:-1]), [last, f"{last}*", *few]]


def _as_meant(said: Sequence[str], bounds: Bounds) -> Found | None:
    """Return what holds the words if each was mistyped by one letter at most."""
    groups = [[word, *meant_by(word)] for word in said]
    if all(len(group) == 1 for group in groups):
        return None
    index = _index()
    keys = [
        *index.find(groups, bounds, MOST + 1, in_title=True),
        *index.find(groups, bounds, MOST + 1, in_title=False),
    ]
    if not keys:
        return None
    found = tuple(dict.fromkeys(keys))[:MOST]
    meant = tuple(word for group in groups for word in (group[1:] or group))
    return Found(found, How.AS_MEANT, meant)


def _most_words(said: Sequence[str], bounds: Bounds) -> Found:
    """Return what holds all words but one, or any of them."""
    if len(said) < 2:
        return Found()
    index, found = _index(), list[int]()
    for groups in _fewer(said):
        found += index.find(groups, bounds, MOST + 1, in_title=False)
        if len(found) >= ENOUGH:
            break
    return Found(tuple(dict.fromkeys(found))[:MOST], How.SOME_WORDS)


def _fewer(said: Sequence[str]) -> Iterator[Groups]:
    if len(said) > 2:
        for at in islice(range(len(said)), 6):
            yield [[word] for word in (*said[:at], *said[at + 1 :])]
    yield [list(said)]


def _index() -> Index:
    return sqlite if connection.vendor == "sqlite" else postgresql
