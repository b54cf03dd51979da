"""What the list of due files holds: exactly what may go, found by SQL alone."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import DISPOSABLE, VersionState
from evidence_review.retention.actions.place_hold import place_hold
from evidence_review.retention.models import RetentionRule
from evidence_review.retention.queries import due_for_disposal, holds_on, term_of
from evidence_review.retention.terms import Basis
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyDownload
from tests.evidence_review.retention.conftest import out_of_use
from tests.factories import (
    EvidenceFactory,
    EvidenceTypeFactory,
    PersonFactory,
    SiteFactory,
    VersionFactory,
    confirmed_rule,
)
from tests.portal.policies.making import published

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def due_ids(today: date | None = None, **asked: Any) -> set[int]:
    return {version.pk for version in due_for_disposal(today, **asked)}


def ended_at(version: EvidenceVersion, moment: datetime) -> EvidenceVersion:
    EvidenceVersion.objects.filter(pk=version.pk).update(state_since=moment)
    version.refresh_from_db()
    return version


@given(
    state=st.sampled_from(sorted(DISPOSABLE)),
    basis=st.sampled_from(["approval_ended", "period_end", "uploaded"]),
    months=st.integers(1, 300),
    never=st.integers(1, 60),
    ended=st.integers(0, 26 * 365 * 86_400),
    uploaded_before=st.integers(0, 4000),
    period_end=st.none() | st.dates(date(1999, 1, 1), date(2030, 1, 1)),
    off_by=st.integers(-2, 2),
)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_file_is_due_from_the_day_after_its_last_and_never_before(
    db: None,
    state: VersionState,
    basis: str,
    months: int,
    never: int,
    ended: int,
    uploaded_before: int,
    period_end: date | None,
    off_by: int,
) -> None:
    evidence = EvidenceFactory(period_end=period_end)
    rule = confirmed_rule(evidence.type, months=months, basis=basis, months_never_approved=never)
    moment = datetime(2000, 1, 1, tzinfo=LONDON) + timedelta(seconds=ended)
    version = VersionFactory(
        evidence=evidence, state=state, uploaded_at=moment - timedelta(days=uploaded_before)
    )
    ended_at(version, moment)
    approved = state in {VersionState.SUPERSEDED, VersionState.RECALLED}
    term = term_of(version, rule, once_approved=approved)
    today = term.kept_until + timedelta(days=off_by)

    assert (version.pk in due_ids(today)) == (today > term.kept_until)
    assert (version.pk in due_ids(today)) == term.is_over(today)


def test_a_leap_day_and_the_clock_of_london_decide_to_the_second() -> None:
    version = out_of_use()
    confirmed_rule(version.evidence.type, months=72)
    ended_at(version, datetime.combine(date(2024, 2, 29), time(23, 59, 59), LONDON))
    assert due_ids(date(2030, 2, 28)) == set()
    assert due_ids(date(2030, 3, 1)) == {version.pk}
    # In summer 30 June ends at 23:00 in UTC.
    ended_at(version, datetime.combine(date(2025, 6, 30), time(23, 59, 59), LONDON))
    assert due_ids(date(2031, 7, 1)) == {version.pk}
    ended_at(version, datetime.combine(date(2025, 7, 1), time(0, 0), LONDON))
    assert due_ids(date(2031, 7, 1)) == set()
    assert due_ids(date(2031, 7, 2)) == {version.pk}


@pytest.mark.parametrize("state", sorted(set(VersionState) - DISPOSABLE))
def test_what_is_in_use_or_gone_is_never_due(state: VersionState) -> None:
    version = VersionFactory(state=state)
    confirmed_rule(version.evidence.type)
    ended_at(version, timezone.now() - timedelta(days=20_000))
    assert due_ids() == set()


def test_what_is_held_offered_or_has_no_confirmed_rule_is_not_due(lead: User) -> None:
    plain, held, offered, of_site, once_there = (out_of_use() for _ in range(5))
    policy = published("Phones", author=PersonFactory(role=Role.EDITOR), approver=lead)
    PolicyDownload.objects.create(page=policy, public_id=offered.public_id, sha256=offered.sha256)
    place_hold(evidence=held.evidence, reason="A claim.", actor=lead)
    for version in (of_site, once_there):
        place_hold(site=version.evidence.site, reason="A claim.", actor=lead)
    once_there.evidence.site = SiteFactory()
    once_there.evidence.save()

    assert due_ids() == {plain.pk}
    assert [bool(holds_on(one.evidence)) for one in (plain, held, of_site, once_there)] == [
        False,
        True,
        True,
        True,
    ]
    RetentionRule.objects.update(confirmed_by=None, confirmed_at=None)
    assert due_ids() == set()


def test_a_hold_on_everything_empties_the_list(lead: User) -> None:
    version = out_of_use(site=None)
    assert due_ids() == {version.pk}
    place_hold(reason="An inquiry.", actor=lead)
    assert due_ids() == set()


def test_the_list_is_narrowed_by_site_kind_and_words() -> None:
    first = out_of_use(title="Fire drill in May")
    second = out_of_use(title="Fire door", type=EvidenceTypeFactory(code="photo"))
    assert due_ids() == {first.pk, second.pk}
    assert due_ids(words="fire may") == {first.pk}
    assert due_ids(site=second.evidence.site) == {second.pk}
    assert due_ids(type_id=second.evidence.type_id) == {second.pk}


@pytest.mark.parametrize("files", [1, 6])
def test_the_queries_do_not_grow_with_the_list(
    files: int, lead: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(files):
        out_of_use(VersionState.WITHDRAWN)
    with django_assert_num_queries(2):
        rows = list(due_for_disposal())
        assert len(rows) == files
        assert all(row.evidence.type.name and str(row.uploaded_by) for row in rows)


def test_every_kind_has_a_rule_from_the_start_and_none_is_confirmed() -> None:
    rules = RetentionRule.objects.select_related("type")
    assert {rule.type.code for rule in rules} >= {"policy", "contract", "document", "for-staff"}
    assert not any(rule.is_confirmed for rule in rules)
    assert rules.get(type__code="contract").basis == Basis.PERIOD_END
    assert rules.get(type__code="certificate").months == 240
