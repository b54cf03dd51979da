"""What was changed of claims and named people behind the record's back is named."""

from collections.abc import Callable, Iterable

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.claim import withdraw_claim
from evidence_review.assessments.actions.named_people import DutyDetails, end_duty, name_person
from evidence_review.assessments.recorded import (
    claims_are_as_recorded,
    named_people_are_as_recorded,
)
from evidence_review.assessments.states import Duty
from portal.people.models import User
from portal.people.roles import Role
from tests.behind import behind_the_back
from tests.evidence_review.assessments.claiming import a_statement, approved_evidence, claimed
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
Check = Callable[[], Iterable[str]]


@pytest.fixture(autouse=True)
def lead(db: None) -> User:
    """An IG lead who claimed, withdrew, named somebody and ended that."""
    lead = PersonFactory(role=Role.IG_LEAD)
    statement = a_statement()
    claimed(statement, by=lead, evidence=(approved_evidence(None, statement),))
    withdraw_claim(claimed(statement, by=lead), reason="Not so.", actor=lead)
    details = DutyDetails(
        person=None,
        name="Kim Park (demo)",
        job_title="Director",
        site=None,
        how_assigned="By the board",
        evidence=None,
        starts=timezone.localdate(),
    )
    name_person(Duty.DSPT_LEAD, details, actor=lead)
    ended = name_person(Duty.IT_ADMINISTRATOR, details, actor=lead)
    end_duty(ended, timezone.localdate(), actor=lead)
    return lead


def test_what_actions_did_is_as_recorded() -> None:
    assert list(claims_are_as_recorded()) == []
    assert list(named_people_are_as_recorded()) == []


@pytest.mark.parametrize(
    ("check", "statement", "named"),
    [
        (
            claims_are_as_recorded,
            "DELETE FROM assessments_statementclaim_evidence",
            "rests on other evidence than the record says",
        ),
        (
            claims_are_as_recorded,
            "UPDATE assessments_statementclaim SET withdrawn_at = NULL",
            "was withdrawn otherwise than the record says",
        ),
        (
            claims_are_as_recorded,
            (
                "UPDATE assessments_statementclaim SET public_id = 'another'"
                " WHERE withdrawn_at IS NULL"
            ),
            "claim another is in the tables, and no event says so",
        ),
        (
            named_people_are_as_recorded,
            "UPDATE assessments_namedperson SET duty = 'caldicott_guardian' WHERE ends IS NULL",
            "holds another duty than the record says",
        ),
        (
            named_people_are_as_recorded,
            "UPDATE assessments_namedperson SET ends = NULL",
            "ended otherwise than the record says",
        ),
        (
            named_people_are_as_recorded,
            "DELETE FROM assessments_namedperson",
            "is on record, and not in the tables",
        ),
    ],
)
def test_what_was_changed_past_the_portal_is_named(
    check: Check, statement: str, named: str
) -> None:
    behind_the_back(statement)
    assert any(named in sentence for sentence in check())
