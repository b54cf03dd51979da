"""What changed between two texts."""

import random
import time

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.chrome.differences import MOST_PARTS, ChangedPart, Kind, differences

OLD = ["Tell your manager about a mistake within 24 hours.", "Lock the screen.", "Shred paper."]


def _as_pairs(part: ChangedPart) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in part.pieces]


def test_the_same_text_has_no_differences_whatever_its_white_space() -> None:
    assert differences(OLD, [f"  {line}\t " for line in OLD] + [""]) == []


def test_words_are_compared_inside_a_changed_paragraph() -> None:
    new = ["Tell your manager about a mistake straight away.", *OLD[1:]]
    changed, neighbour, fold_or_neighbour = differences(OLD, new)
    assert _as_pairs(changed) == [
        ("same", "Tell your manager about a mistake"),
        ("removed", "within 24 hours."),
        ("added", "straight away."),
    ]
    assert _as_pairs(neighbour) == [("same", "Lock the screen.")]
    assert fold_or_neighbour.unchanged == 1


def test_a_paragraph_that_came_in_and_one_that_went_are_told_apart() -> None:
    new = [OLD[0], "Never send a photo of a care note.", OLD[1]]
    kinds = [_as_pairs(part) for part in differences(OLD, new) if part.is_changed]
    assert kinds == [
        [("added", "Never send a photo of a care note.")],
        [("removed", "Shred paper.")],
    ]


def test_long_unchanged_stretches_are_folded_between_two_changes() -> None:
    middle = [f"Rule {number} stays as it is." for number in range(50)]
    parts = differences(["First.", *middle, "Last."], ["Begin.", *middle, "End."])
    assert [part.unchanged for part in parts if part.unchanged] == [48]
    shown = [_as_pairs(part) for part in parts if part.pieces and not part.is_changed]
    assert shown == [[("same", middle[0])], [("same", middle[-1])]]


def test_too_much_change_is_cut_and_said_to_be() -> None:
    parts = differences([], [f"Line {number}" for number in range(MOST_PARTS + 25)])
    assert len(parts) == MOST_PARTS + 1
    assert parts[-1].left_out == 25


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("ab \n", max_size=6)), st.lists(st.text("ab \n", max_size=6)))
def test_both_texts_can_be_read_off_the_differences(old: list[str], new: list[str]) -> None:
    parts = [part for part in differences(old, new) if part.pieces]
    for kind, text in ((Kind.REMOVED, old), (Kind.ADDED, new)):
        shown = " ".join(
            piece.text for part in parts for piece in part.pieces if piece.kind in (kind, Kind.SAME)
        )
        whole = iter(" ".join(text).split())
        assert all(word in whole for word in shown.split())
    assert (not parts) == (
        [" ".join(x.split()) for x in old if x.split()]
        == [" ".join(x.split()) for x in new if x.split()]
    )


@pytest.mark.parametrize("kind", ["words", "lines", "one line", "shuffled"])
def test_a_text_made_to_be_slow_is_compared_in_seconds(kind: str) -> None:
    dice = random.Random(4)

    def hostile() -> list[str]:
        if kind == "words":
            return [" ".join(dice.choices("ab", k=500)) for _ in range(40)]
        if kind == "lines":
            return dice.choices(["to and fro", "fro and to"], k=20_000)
        if kind == "one line":
            return [" ".join(dice.choices("abcdef", k=200_000))]
        return dice.sample([f"line {number}" for number in range(20_000)], 20_000)

    began = time.monotonic()
    assert differences(hostile(), hostile())
    assert time.monotonic() - began < 10


def test_changes_are_drawn_as_insertions_and_deletions_and_never_as_markup() -> None:
    parts = differences(["Say <b>yes</b> now please."], ["Say <script>no</script> now please."])
    page = Template("{% load differences %}{% changed_parts parts %}").render(
        Context({"parts": [*parts, ChangedPart(unchanged=3), ChangedPart(left_out=2)]})
    )
    assert "<del>&lt;b&gt;yes&lt;/b&gt;</del> <ins>&lt;script&gt;no&lt;/script&gt;</ins>" in page
    assert "3 paragraphs without a change" in page
    assert "2 more paragraphs are not shown" in page
