"""What the database refuses about decisions, asked by raw SQL past every line of our own code."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.review.models import Decision
from evidence_review.scanning.models import Verdict
from portal.people.models import User, new_public_id
from portal.people.roles import Role
from tests.factories import (
    DecisionFactory,
    PersonFactory,
    VerdictFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

_INSERT = """
    INSERT INTO review_decision (version_id, step_position, role, outcome, decider_id,
        on_behalf_of_id, reason, sha256, is_final, decided_at)
    VALUES (%s, 1, 'ig_lead', %s, %s, %s, %s, %s, %s, %s)
"""


def run(statement: str, values: Sequence[Any] = ()) -> None:
    """Run raw SQL, undoing it alone when the database refuses."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def decide(
    version: EvidenceVersion,
    decider: User,
    *,
    outcome: str = "approve",
    sha256: str = "",
    is_final: bool = True,
    on_behalf_of: User | None = None,
) -> None:
    """Insert a decision by raw SQL."""
    absent = on_behalf_of.pk if on_behalf_of else None
    reason = "" if outcome == "approve" else "Because."
    row = [version.pk, outcome, decider.pk, absent, reason, sha256 or version.sha256, is_final]
    run(_INSERT, [*row, timezone.now()])


def set_state(version: EvidenceVersion, state: str) -> None:
    """Change a version's state by raw SQL."""
    run("UPDATE evidence_evidenceversion SET state = %s WHERE id = %s", [state, version.pk])


@pytest.fixture
def lead() -> User:
    """Somebody who had no hand in the version."""
    return PersonFactory(role=Role.IG_LEAD)


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_the_database_takes_a_decision_that_is_in_order(lead: User, outcome: str) -> None:
    version = VersionFactory()
    decide(version, lead, outcome=outcome)
    assert version.decisions.get().outcome == outcome


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_nobody_decides_on_what_they_uploaded(outcome: str) -> None:
    version = VersionFactory()
    with pytest.raises(IntegrityError, match="refused: nobody decides on what they uploaded"):
        decide(version, version.uploaded_by, outcome=outcome)


def test_nobody_decides_on_behalf_of_the_uploader(lead: User) -> None:
    version = VersionFactory()
    with pytest.raises(IntegrityError, match="refused: nobody decides on what they uploaded"):
        decide(version, lead, on_behalf_of=version.uploaded_by)


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_a_decision_is_about_the_exact_bytes(lead: User, outcome: str) -> None:
    other = VerdictFactory(sha256="a" * 64)
    with pytest.raises(IntegrityError, match="refused: a decision is about the exact bytes"):
        decide(VersionFactory(), lead, outcome=outcome, sha256=other.sha256)


def test_an_approval_needs_a_verdict(lead: User) -> None:
    version = VersionFactory(waiting=True)
    set_state(version, "in_review")
    with pytest.raises(IntegrityError, match="refused: no approval without a clean virus check"):
        decide(version, lead)
    decide(version, lead, outcome="return")


@pytest.mark.parametrize("later", [Verdict.Value.INFECTED, Verdict.Value.UNSCANNABLE])
def test_an_approval_is_refused_after_a_later_bad_verdict(lead: User, later: str) -> None:
    version = VersionFactory()
    VerdictFactory(sha256=version.sha256, verdict=later)
    with pytest.raises(IntegrityError, match="refused: no approval without a clean virus check"):
        decide(version, lead)


def test_a_scan_that_failed_later_does_not_undo_a_clean_one(lead: User) -> None:
    version = VersionFactory()
    VerdictFactory(sha256=version.sha256, verdict=Verdict.Value.ERROR)
    decide(version, lead)
    assert version.decisions.count() == 1


def test_a_clean_verdict_after_a_bad_one_counts(lead: User) -> None:
    version = VersionFactory()
    VerdictFactory(sha256=version.sha256, verdict=Verdict.Value.UNSCANNABLE)
    VerdictFactory(sha256=version.sha256, verdict=Verdict.Value.CLEAN)
    decide(version, lead)
    assert version.decisions.count() == 1


def test_a_failed_scan_alone_is_no_clean_verdict(lead: User) -> None:
    version = VersionFactory(check_failed=True)
    set_state(version, "in_review")
    with pytest.raises(IntegrityError, match="refused: no approval without a clean virus check"):
        decide(version, lead)


@pytest.mark.parametrize("second", Decision.Outcome.values)
def test_nothing_is_decided_after_a_final_decision(lead: User, second: str) -> None:
    version = VersionFactory()
    decide(version, lead, outcome="return")
    with pytest.raises(IntegrityError, match="refused: the final decision on this version"):
        decide(version, PersonFactory(role=Role.IG_LEAD), outcome=second)
    with pytest.raises(IntegrityError, match="refused: the final decision on this version"):
        decide(version, PersonFactory(role=Role.IG_LEAD), is_final=False)


def test_one_person_decides_once_on_a_version(lead: User) -> None:
    version = VersionFactory()
    decide(version, lead, is_final=False)
    with pytest.raises(IntegrityError):
        decide(version, lead)


@pytest.mark.parametrize("outcome", ["return", "refuse"])
def test_a_return_or_refusal_without_a_reason_is_no_row(lead: User, outcome: str) -> None:
    version = VersionFactory()
    values = [version.pk, outcome, lead.pk, None, "", version.sha256, True, timezone.now()]
    with pytest.raises(IntegrityError, match="return_and_refuse_are_final_and_reasoned"):
        run(_INSERT, values)


@pytest.mark.parametrize("state", [s for s in VersionState if s != VersionState.IN_REVIEW])
def test_only_a_version_in_review_is_decided_on(state: VersionState) -> None:
    version = VersionFactory(state=state)
    with pytest.raises(IntegrityError, match=r"refused: (only a version|the final|no approval)"):
        decide(version, PersonFactory(role=Role.IG_LEAD))


@pytest.mark.parametrize("state", [s for s in VersionState if s != VersionState.APPROVED])
def test_no_version_becomes_approved_by_setting_its_state(state: VersionState) -> None:
    version = VersionFactory(state=state)
    with pytest.raises(IntegrityError, match="refused: a version is approved out of review"):
        set_state(version, "approved")


@pytest.mark.parametrize("outcome", ["return", "refuse"])
def test_a_decision_against_it_does_not_make_it_approved(lead: User, outcome: str) -> None:
    version = VersionFactory()
    decide(version, lead, outcome=outcome)
    with pytest.raises(IntegrityError, match="refused: a version is approved out of review"):
        set_state(version, "approved")


def test_the_first_of_two_approvals_does_not_make_it_approved(lead: User) -> None:
    version = VersionFactory()
    decide(version, lead, is_final=False)
    with pytest.raises(IntegrityError, match="refused: a version is approved out of review"):
        set_state(version, "approved")


def test_the_final_approval_of_another_version_does_not_count(lead: User) -> None:
    version = VersionFactory()
    decide(VersionFactory(content=b"others"), lead)
    with pytest.raises(IntegrityError, match="refused: a version is approved out of review"):
        set_state(version, "approved")


def test_a_final_approval_lets_the_version_be_approved(lead: User) -> None:
    version = VersionFactory()
    decide(version, lead)
    set_state(version, "approved")
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED


def test_a_version_is_not_born_approved() -> None:
    version = VersionFactory()
    version.pk, version.public_id, version.number = None, new_public_id(), 2
    version.state = VersionState.APPROVED
    with (
        pytest.raises(IntegrityError, match="refused: a version does not begin as approved"),
        transaction.atomic(),
    ):
        version.save(force_insert=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_decision SET reason = 'another'",
        "UPDATE review_decision SET outcome = 'approve'",
        "UPDATE review_decision SET is_final = NOT is_final",
        "DELETE FROM review_decision",
    ],
)
def test_decisions_never_change(statement: str) -> None:
    DecisionFactory()
    with pytest.raises(IntegrityError, match="refused: rows of review_decision"):
        run(statement)


@pytest.mark.postgresql_only
def test_decisions_are_not_emptied_at_a_stroke() -> None:
    DecisionFactory()
    # Otherwise the deferred foreign keys of the rows just made are the reason to refuse.
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="refused: rows of review_decision"):
        run("TRUNCATE review_decision CASCADE")


@pytest.mark.parametrize("state", list(VersionState))
def test_the_factories_make_true_rows_in_every_state(state: VersionState) -> None:
    version = VersionFactory(**{state.value: True})
    version.refresh_from_db()
    assert version.state == state
