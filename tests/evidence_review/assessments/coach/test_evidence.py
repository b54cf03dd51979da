"""What the coach says of the evidence beside an answer."""

from datetime import date, timedelta
from typing import Any

import pytest

from evidence_review.assessments.coach import EvidenceSeen, look_at
from portal.frameworks.states import AnswerKind
from tests.evidence_review.assessments.coach.drafts import DEADLINE, TODAY, draft, noticed

TEXT = "Data protection policy, version 4, page 3, approved on 2 November 2026."


def resting_on(*evidence: EvidenceSeen, **more: object) -> set[str]:
    return noticed(draft(TEXT, evidence=evidence, **more))


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (TODAY - timedelta(days=1), {"evidence-lapsed"}),
        (TODAY, {"evidence-lapsing"}),
        (DEADLINE - timedelta(days=1), {"evidence-lapsing"}),
        (DEADLINE, set()),
        (None, set()),
    ],
)
def test_evidence_is_held_against_today_and_the_deadline(
    until: date | None, said: set[str]
) -> None:
    about_time = {"evidence-lapsed", "evidence-lapsing"}
    found = resting_on(EvidenceSeen(title="Policy", good_until=until))
    assert found & about_time == said


def test_the_first_to_lapse_is_named() -> None:
    seen = [
        EvidenceSeen(title="Later", good_until=date(2027, 5, 1)),
        EvidenceSeen(title="Sooner", good_until=date(2027, 3, 1)),
    ]
    said = " ".join(hint.what for hint in look_at(draft(TEXT, evidence=seen)))
    assert "“Sooner” lapses on 1 March 2027, before 30 June 2027." in said


def test_evidence_that_nobody_approved_is_named_with_its_state() -> None:
    seen = EvidenceSeen(title="Minutes", is_approved=False, state="In review")
    said = " ".join(hint.what for hint in look_at(draft(TEXT, evidence=[seen])))
    assert "“Minutes” is not approved: in review." in said


def test_a_tick_alone_has_nothing_to_show() -> None:
    ticked: dict[str, Any] = {"kind": AnswerKind.YES_NO, "tick": True}
    assert noticed(draft(**ticked)) == {"nothing-to-show"}
    assert noticed(draft(**ticked, evidence=[EvidenceSeen(title="Policy")])) == set()
    assert noticed(draft(kind=AnswerKind.YES_NO, tick=False)) == set()


def test_a_document_with_its_file_needs_no_words() -> None:
    one: dict[str, Any] = {"kind": AnswerKind.DOCUMENT_OR_TEXT, "freshness_months": 12}
    assert noticed(draft("Register.", **one)) == {"too-short", "no-date"}
    assert noticed(draft("Register.", **one, evidence=[EvidenceSeen(title="Register")])) == set()


def test_the_date_of_the_document_is_a_date() -> None:
    one = draft("Register of what we hold, row 1 to 40.", document_date=date(2026, 11, 2))
    assert {"date-given", "place-given"} <= noticed(one)
