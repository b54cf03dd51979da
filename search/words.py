"""From what a person typed to words that no database can trip over."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

LONGEST_QUERY = 200
"""Characters that are looked at. A pasted page of text is no question."""
MOST_WORDS = 12

_WORD = re.compile(r"[^\W_]+")

STOP_WORDS = frozenset(
    word
    for line in (
        "i me my myself we our ours ourselves you your yours yourself yourselves he him his",
        "himself she her hers herself it its itself they them their theirs themselves what which",
        "who whom this that these those am is are was were be been being have has had having do",
        "does did doing a an the and but if or because as until while of at by for with about",
        "against between into through during before after above below to from up down in out on",
        "off over under again further then once here there when where why how all any both each",
        "few more most other some such no nor not only own same so than too very s t can will",
        "just don should now",
    )
    for word in line.split()
)
"""Stand in every text, so they say nothing of which was meant. PostgreSQL's list for English."""


def words_of(typed: str) -> list[str]:
    """Return the words of a search, in lower case, in the order in which they were typed.

    Quotes, operators, control characters and pictures fall away: a lone quote or a NUL breaks the
    query languages of the databases, and lower case keeps AND, OR and NOT from being operators.
    """
    return [word.lower() for word in _WORD.findall(typed[:LONGEST_QUERY])][:MOST_WORDS]


def telling(words: Sequence[str]) -> list[str]:
    """Return the words that say something of which text was meant, each once."""
    return [word for word in dict.fromkeys(words) if word not in STOP_WORDS]


@cache
def folding() -> dict[int, str]:
    """Return what becomes of the letters with accents of Europe: the letters without."""
    folded = {}
    for code in range(0xC0, 0x180):
        plain = unicodedata.normalize("NFKD", chr(code))[0]
        if plain != chr(code) and plain.isascii() and plain.isalpha():
            folded[code] = plain
    return folded


def fold(word: str) -> str:
    """Return a word in lower case without accents, as the indexes hold it."""
    return word.lower().translate(folding())


def words_in(text: str) -> set[str]:
    """Return the words of a text that are worth knowing when somebody mistypes one."""
    found = {fold(word) for word in _WORD.findall(text)}
    return {
        word for word in found if 3 < len(word) <= 24 and word.isalpha() and word not in STOP_WORDS
    }
