"""What the database refuses about disposal, asked by raw SQL past every line of our own code."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import DISPOSABLE, VersionState
from evidence_review.retention.models import Disposal, LegalHold, RetentionRule
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.retention.conftest import out_of_use
from tests.factories import PersonFactory, SiteFactory, VersionFactory

pytestmark = pytest.mark.django_db

_INSERT = """
    INSERT INTO retention_disposal (version_id, sha256, size, kind, was_approved, months, basis,
        counted_from, kept_until, method, disposed_by_id, reason, day, at)
    VALUES (%s, %s, %s, 'Document', %s, %s, %s, %s, %s, 'Deleted.', %s, 'Over.', %s, %s)
"""


def run(statement: str, values: Sequence[Any] = ()) -> None:
    """Run raw SQL, undoing it alone when the database refuses."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def certify(version: EvidenceVersion, by: User, **changes: Any) -> None:
    """Insert a certificate by raw SQL, as the rule for documents has it, but for the changes."""
    start = timezone.localdate(version.state_since)
    values = {
        "sha256": version.sha256,
        "size": version.size,
        "was_approved": True,
        "months": 240,
        "basis": "approval_ended",
        "counted_from": start,
        "kept_until": start.replace(year=start.year + 20, day=min(start.day, 28)),
        "by": by.pk,
        "day": timezone.localdate(),
        "at": timezone.now(),
    } | changes
    run(_INSERT, [version.pk, *values.values()])


def set_state(version: EvidenceVersion, state: str) -> None:
    run("UPDATE evidence_evidenceversion SET state = %s WHERE id = %s", [state, version.pk])


@pytest.fixture
def due(db: None) -> EvidenceVersion:
    """A version, approved once, whose period is over; never of the 29th or later of a month."""
    version = out_of_use()
    since = version.state_since.replace(day=min(version.state_since.day, 27), hour=12)
    EvidenceVersion.objects.filter(pk=version.pk).update(state_since=since)
    version.refresh_from_db()
    return version


def test_the_database_takes_a_disposal_that_is_in_order(due: EvidenceVersion, lead: User) -> None:
    certify(due, lead)
    set_state(due, "disposed")
    due.refresh_from_db()
    assert due.state == VersionState.DISPOSED


@pytest.mark.parametrize("state", sorted(set(VersionState) - DISPOSABLE))
def test_what_is_in_use_is_not_disposed_of(state: VersionState, lead: User) -> None:
    version = VersionFactory(state=state)
    with pytest.raises(IntegrityError, match=r"refused: (only what is out of use|nothing is disp)"):
        certify(version, lead)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sha256": "0" * 64}, "only what is out of use"),
        ({"size": 1}, "only what is out of use"),
        ({"months": 1}, "nothing is disposed of but by the confirmed rule"),
        ({"basis": "uploaded"}, "nothing is disposed of but by the confirmed rule"),
        (
            {"was_approved": False, "months": 12, "basis": "stopped"},
            "nothing is disposed of but by the confirmed rule",
        ),
        ({"kept_until": date(2000, 1, 1)}, "nothing is disposed of inside its period"),
        ({"counted_from": date(1990, 1, 1)}, "nothing is disposed of inside its period"),
    ],
)
def test_a_certificate_says_what_is_so(
    due: EvidenceVersion, lead: User, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(IntegrityError, match=f"refused: {message}"):
        certify(due, lead, **changes)


@pytest.mark.parametrize("days", [0, 1, 3000])
def test_nothing_goes_before_the_day_after_its_last(
    due: EvidenceVersion, lead: User, days: int
) -> None:
    today = timezone.localdate()
    with pytest.raises(IntegrityError, match="refused: nothing is disposed of inside its period"):
        certify(due, lead, kept_until=today + timedelta(days=days))
    certify(due, lead, kept_until=today - timedelta(days=1))


def test_the_end_of_the_period_it_covers_counts(due: EvidenceVersion, lead: User) -> None:
    RetentionRule.objects.filter(type=due.evidence.type).update(basis="period_end")
    due.evidence.period_end = timezone.localdate()
    due.evidence.save()
    with pytest.raises(IntegrityError, match="refused: nothing is disposed of inside its period"):
        certify(due, lead, basis="period_end")


@pytest.mark.parametrize("start", [date(2004, 2, 29), date(2003, 1, 31), date(2001, 8, 31)])
def test_both_databases_count_months_as_we_do(
    due: EvidenceVersion, lead: User, start: date
) -> None:
    RetentionRule.objects.filter(type=due.evidence.type).update(months=73)
    EvidenceVersion.objects.filter(pk=due.pk).update(state_since="2001-01-01T12:00:00Z")
    last = {date(2004, 2, 29): date(2010, 3, 29), date(2003, 1, 31): date(2009, 2, 28)}
    kept_until = last.get(start, date(2007, 9, 30))
    facts = {"months": 73, "counted_from": start}
    with pytest.raises(IntegrityError, match="refused: nothing is disposed of inside its period"):
        certify(due, lead, **facts, kept_until=kept_until - timedelta(days=1))
    certify(due, lead, **facts, kept_until=kept_until)


def test_a_disposal_is_not_dated_ahead(due: EvidenceVersion, lead: User) -> None:
    ahead = timezone.now() + timedelta(days=3650)
    with pytest.raises(IntegrityError, match="refused: a disposal is of the day on which"):
        certify(due, lead, day=ahead.date(), at=ahead)
    with pytest.raises(IntegrityError, match="refused: a disposal is of the day on which"):
        certify(due, lead, day=ahead.date())


def test_an_unconfirmed_rule_disposes_of_nothing(due: EvidenceVersion, lead: User) -> None:
    RetentionRule.objects.update(confirmed_by=None, confirmed_at=None)
    with pytest.raises(IntegrityError, match="refused: nothing is disposed of but by"):
        certify(due, lead)


def test_the_uploader_never_disposes(due: EvidenceVersion) -> None:
    with pytest.raises(IntegrityError, match="refused: only what is out of use"):
        certify(due, due.uploaded_by)


@pytest.mark.parametrize("scope", ["evidence", "site", "everything"])
def test_what_is_held_stays(due: EvidenceVersion, lead: User, scope: str) -> None:
    hold = LegalHold.objects.create(
        scope=scope,
        evidence=due.evidence if scope == "evidence" else None,
        site=due.evidence.site if scope == "site" else None,
        reason="A claim.",
        placed_by=lead,
    )
    other = LegalHold.objects.create(
        scope="site", site=SiteFactory(), reason="Another.", placed_by=lead
    )
    with pytest.raises(IntegrityError, match="refused: nothing under a legal hold"):
        certify(due, lead)
    now = timezone.now()
    LegalHold.objects.filter(pk=hold.pk).update(
        lifted_at=now, lifted_by=lead, lift_reason="Settled."
    )
    certify(due, lead)
    assert other.is_open


def test_moving_evidence_off_a_held_site_does_not_free_it(due: EvidenceVersion, lead: User) -> None:
    LegalHold.objects.create(
        scope="site", site=due.evidence.site, reason="A claim.", placed_by=lead
    )
    run("UPDATE evidence_evidence SET site_id = NULL WHERE id = %s", [due.evidence_id])
    with pytest.raises(IntegrityError, match="refused: nothing under a legal hold"):
        certify(due, lead)


@pytest.mark.parametrize("state", sorted(set(VersionState) - {VersionState.DISPOSED}))
def test_no_version_becomes_disposed_without_its_certificate(state: VersionState) -> None:
    version = VersionFactory(state=state)
    with pytest.raises(IntegrityError, match="refused: a version is disposed of with a cert"):
        set_state(version, "disposed")


def test_the_certificate_of_another_version_does_not_count(due: EvidenceVersion) -> None:
    VersionFactory(disposed=True)
    with pytest.raises(IntegrityError, match="refused: a version is disposed of with a cert"):
        set_state(due, "disposed")


@pytest.mark.parametrize("state", sorted(set(VersionState) - {VersionState.DISPOSED}))
def test_what_was_disposed_of_stays_so(state: VersionState) -> None:
    version = VersionFactory(disposed=True)
    with pytest.raises(IntegrityError, match="refused: a version is"):
        set_state(version, state)


def test_a_version_is_not_born_disposed() -> None:
    version = VersionFactory(disposed=True)
    version.pk, version.public_id, version.number = None, "another", 2
    with (
        pytest.raises(IntegrityError, match="refused: a version does not begin as disposed"),
        transaction.atomic(),
    ):
        version.save(force_insert=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE retention_disposal SET reason = 'another'",
        "UPDATE retention_disposal SET kept_until = '2000-01-01'",
        "DELETE FROM retention_disposal",
    ],
)
def test_certificates_never_change(statement: str) -> None:
    VersionFactory(disposed=True)
    assert Disposal.objects.count() == 1
    with pytest.raises(IntegrityError, match="refused: rows of retention_disposal"):
        run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE retention_legalhold SET reason = 'another'",
        "UPDATE retention_legalhold SET scope = 'everything', site_id = NULL",
        "UPDATE retention_legalhold SET placed_at = '2000-01-01'",
        "UPDATE retention_legalhold SET lifted_at = NULL, lifted_by_id = NULL, lift_reason = ''",
        "DELETE FROM retention_legalhold",
    ],
)
def test_holds_change_by_being_lifted_once(lead: User, statement: str) -> None:
    LegalHold.objects.create(
        scope="site",
        site=SiteFactory(),
        reason="A claim.",
        placed_by=lead,
        lifted_at=timezone.now(),
        lifted_by=lead,
        lift_reason="Settled.",
    )
    with pytest.raises(IntegrityError, match="refused: "):
        run(statement)


@pytest.mark.postgresql_only
def test_certificates_and_holds_are_not_emptied_at_a_stroke() -> None:
    VersionFactory(disposed=True)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("retention_disposal", "retention_legalhold"):
        with pytest.raises(IntegrityError, match=f"refused: rows of {table}"):
            run(f"TRUNCATE {table} CASCADE")


def test_a_hold_covers_what_it_says(lead: User) -> None:
    with (
        pytest.raises(IntegrityError, match="legal_hold_covers_what_it_says"),
        transaction.atomic(),
    ):
        LegalHold.objects.create(scope="site", reason="Which site?", placed_by=lead)


def test_a_rule_is_confirmed_by_somebody_or_by_nobody() -> None:
    person = PersonFactory(role=Role.IG_LEAD)
    with pytest.raises(IntegrityError, match="retention_rule_confirmed"), transaction.atomic():
        RetentionRule.objects.update(confirmed_by=person)
