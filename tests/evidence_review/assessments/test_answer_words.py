"""A frozen answer in the words that are typed into the national toolkit."""

from typing import Any

import pytest

from evidence_review.assessments.answer_words import lines_of, where_kept, words_to_type
from evidence_review.assessments.models import PublishedAnswer
from tests.evidence_review.assessments.publishable import SAID


def frozen(*, evidence: list[dict[str, Any]] | None = None, **answer: Any) -> PublishedAnswer:
    return PublishedAnswer(answer=SAID | answer, evidence=evidence or [])


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ({"kind": "yes_no", "tick": True, "text": ""}, "Yes"),
        ({"kind": "yes_no", "tick": False, "text": "From May."}, "No\n\nFrom May."),
        ({"kind": "yes_no", "tick": None, "text": ""}, ""),
        ({"kind": "text", "tick": True, "text": "Page 3."}, "Page 3."),
        (
            {"not_applicable": True, "reason_not_applicable": "No phones."},
            "Not applicable: No phones.",
        ),
        ({"not_applicable": True, "text": "Page 3."}, "Not applicable"),
    ],
)
def test_an_answer_is_typed_as_it_was_given(answer: dict[str, Any], typed: str) -> None:
    assert words_to_type(frozen(**answer)) == typed


def test_where_it_is_kept_names_every_place_and_every_version() -> None:
    evidence = [
        {"title": "Policy", "version": 4, "sha256": "ab" * 32},
        {"title": "Minutes", "version": 0, "sha256": ""},
    ]
    said = where_kept(
        frozen(
            kept_where="Blue folder",
            link="https://demo.example/policy",
            document_date="2026-11-02",
            evidence=evidence,
        )
    )
    assert said.splitlines() == [
        "Blue folder",
        "https://demo.example/policy",
        "Dated 2 November 2026",
        f"Policy, version 4 (SHA-256 {'ab' * 32})",
        "Minutes (no approved version)",
    ]


def test_nothing_is_said_of_what_nobody_said() -> None:
    assert where_kept(frozen()) == ""
    assert lines_of(frozen()) == []


def test_who_answered_and_confirmed_is_said_with_the_time_in_london() -> None:
    answer = frozen(
        answered_by="Priya Nair (demo), Senior carer", answered_at="2026-07-01T09:00:00.000Z"
    )
    assert lines_of(answer) == [
        ("Answered", "1 July 2026, 10:00 by Priya Nair (demo), Senior carer")
    ]
