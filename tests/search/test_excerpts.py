"""The excerpt under a title: the words, marked, in their surroundings, and nothing that runs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.excerpts import LENGTH, excerpt
from search.words import words_of

LONG = " ".join(f"word{number}" for number in range(200))


def test_every_hit_is_marked() -> None:
    assert (
        excerpt("Lock the tablet. The tablet is locked.", ["tablet"])
        == "Lock the <mark>tablet</mark>. The <mark>tablet</mark> is locked."
    )


def test_case_does_not_matter_and_is_kept() -> None:
    assert excerpt("Data and DATA", ["data"]) == "<mark>Data</mark> and <mark>DATA</mark>"


def test_a_word_is_marked_where_a_word_begins_and_nowhere_else() -> None:
    assert excerpt("art and start", ["art"]) == "<mark>art</mark> and start"


def test_the_longest_of_two_words_wins() -> None:
    assert excerpt("database", ["data", "database"]) == "<mark>database</mark>"


def test_without_a_hit_the_text_begins_at_its_beginning() -> None:
    shown = excerpt(LONG, ["nowhere"])

    assert shown.startswith("word0 ")
    assert shown.endswith(" …")


def test_the_excerpt_lies_around_the_first_hit_and_cuts_no_word() -> None:
    shown = excerpt(LONG, ["word150"])

    assert "<mark>word150</mark>" in shown
    assert shown.startswith("… word")
    assert shown.endswith(" …")
    inside = re.sub(r"</?mark>", "", shown).strip("… ")
    assert all(re.fullmatch(r"word\d+", word) for word in inside.split())
    assert len(inside) <= LENGTH


def test_a_text_of_one_endless_word_is_cut() -> None:
    shown = excerpt("x" * 1000, ["x"])

    assert len(shown) < LENGTH + 30


def test_an_empty_text_has_an_empty_excerpt() -> None:
    assert excerpt("", ["data"]) == ""


def test_white_space_is_folded() -> None:
    assert excerpt("a\n\n b\t c", []) == "a b c"


@pytest.mark.parametrize("words", [[], ["script"], ["alert", "b"]])
def test_mark_up_in_a_text_is_shown_and_never_run(words: list[str]) -> None:
    shown = excerpt("<script>alert(1)</script> & <b>", words)

    assert re.sub(r"</?mark>", "", shown) == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;"


@given(st.text(max_size=600), st.text(max_size=40))
def test_no_text_and_no_question_yield_any_tag_but_mark(text: str, typed: str) -> None:
    shown = excerpt(text, words_of(typed))

    assert "<" not in re.sub(r"</?mark>", "", shown)
    assert shown.count("<mark>") == shown.count("</mark>")
