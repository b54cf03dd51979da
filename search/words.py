"""From what a person typed to words that no database can trip over."""

import re

LONGEST_QUERY = 200
"""Characters that are looked at. A pasted page of text is no question."""
MOST_WORDS = 12

_WORD = re.compile(r"[^\W_]+")


def words_of(typed: str) -> list[str]:
    """Return the words of a search, in lower case, each once.

    Quotes, operators, control characters and pictures fall away: a lone quote or a NUL breaks the
    query languages of the databases, and lower case keeps AND, OR and NOT from being operators.
    """
    words = (word.lower() for word in _WORD.findall(typed[:LONGEST_QUERY]))
    return list(dict.fromkeys(words))[:MOST_WORDS]
