"""What is left of what a person typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import LONGEST_QUERY, MOST_WORDS, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("data breach", ["data", "breach"]),
        ("  Data   DATA data ", ["data", "data", "data"]),
        ('"', []),
        ("'", []),
        ("\x00", []),
        ("da\x00ta", ["da", "ta"]),
        ("AND OR NOT NEAR", ["and", "or", "not", "near"]),
        ("phone* AND (title:x)", ["phone", "and", "title", "x"]),
        ("people's", ["people", "s"]),
        ("🔥 fire 🔥", ["fire"]),
        ("Siân Ünal 2026", ["siân", "ünal", "2026"]),
        ("snake_case", ["snake", "case"]),
        ("100%", ["100"]),
        ("", []),
    ],
)
def test_words_are_kept_and_everything_else_falls_away(typed: str, words: list[str]) -> None:
    assert words_of(typed) == words


def test_only_so_many_words_and_letters_are_looked_at() -> None:
    many = " ".join(f"w{number}" for number in range(100))

    assert len(words_of(many)) == MOST_WORDS
    assert words_of("x" * 10_000) == ["x" * LONGEST_QUERY]


@given(st.text())
def test_no_text_yields_anything_but_letters_and_digits(typed: str) -> None:
    for word in words_of(typed):
        assert word.replace("\u0307", "").isalnum()
        assert "_" not in word
