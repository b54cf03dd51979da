"""What somebody may have meant who mistyped a word."""

from collections.abc import Iterator

from search.actions.learn_words import left_of
from search.models import SearchWord
from search.words import fold

SHORTEST = 4
"""Letters. In a shorter word one error leaves too little to go by."""
MOST_WORDS = 5


def meant_by(word: str) -> list[str]:
    """Return known words that are one typing error away: a letter more, less, other or swapped.

    Looking it up takes one question to an index, however many words there are.
    """
    typed = fold(word)
    if not SHORTEST <= len(typed) <= 24:
        return []
    found = SearchWord.objects.filter(misspellings__left__in=[*left_of(typed)]).distinct()
    near = {known for known in found.values_list("word", flat=True) if is_one_error(typed, known)}
    return sorted(near, key=lambda known: (known[0] != typed[0], abs(len(known) - len(typed))))[
        :MOST_WORDS
    ]


def is_one_error(typed: str, known: str) -> bool:
    """Tell whether one typing error leads from one word to the other."""
    start = next(
        (at for at, (one, two) in enumerate(zip(typed, known, strict=False)) if one != two),
        min(len(typed), len(known)),
    )
    return typed != known and any(
        one == two for one, two in _without_the_error(typed[start:], known[start:])
    )


def _without_the_error(typed: str, known: str) -> Iterator[tuple[str, str]]:
    yield typed[1:], known[1:]
    yield typed[1:], known
    yield typed, known[1:]
    if len(typed) > 1 and len(known) > 1 and typed[1] == known[0] and typed[0] == known[1]:
        yield typed[2:], known[2:]
