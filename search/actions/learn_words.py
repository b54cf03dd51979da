"""Know the words that stand in documents, to find what was meant when one is mistyped."""

from collections.abc import Collection, Iterable, Iterator

from search.models import SearchMisspelling, SearchWord
from search.words import words_in

_AT_ONCE = 500
MOST_WORDS = 3_000
"""Of one text; a scan that could not be read is full of words that nobody looks for."""


def learn_words(texts: Iterable[str]) -> None:
    """Take in the words of these texts that are new. Known ones cost one question."""
    words: set[str] = set()
    for text in texts:
        words |= {*sorted(words_in(text))[:MOST_WORDS]}
    ordered = sorted(words)
    for start in range(0, len(ordered), _AT_ONCE):
        _learn(ordered[start : start + _AT_ONCE])


def _learn(words: Collection[str]) -> None:
    known = set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True))
    new = [word for word in words if word not in known]
    if not new:
        return
    # In the order of the alphabet, so that two jobs with the same new words wait for each other
    # and never in a circle.
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in new], ignore_conflicts=True)
    rows = SearchWord.objects.filter(word__in=new).exclude(misspellings__isnull=False)
    SearchMisspelling.objects.bulk_create(
        [SearchMisspelling(left=left, word=row) for row in rows for left in left_of(row.word)]
    )


def left_of(word: str) -> Iterator[str]:
    """Give the word itself and what is left of it without one of its letters, each once."""
    yield from {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
