"""What waits for whom: the same rule as the permission, in queries that do not grow."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.models import Decision
from evidence_review.review.permissions import user_can_decide
from evidence_review.review.queries import (
    COUNTED_AT_MOST,
    decisions_seen_by,
    place_in_queue,
    review_queue,
    waiting_count,
    waiting_for,
    waiting_since,
)
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    DecisionFactory,
    EvidenceFactory,
    EvidenceTypeFactory,
    PersonFactory,
    RequirementFactory,
    RouteFactory,
    SiteFactory,
    StandInFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    """Return the person as the next request sees them."""
    return User.objects.get(pk=person.pk)


def waited(version: EvidenceVersion, **since: float) -> EvidenceVersion:
    """Let a version have waited for so long."""
    version.state_since = timezone.now() - timedelta(**since)
    version.save(update_fields=("state_since",))
    return version


def edited_by(version: EvidenceVersion, person: User) -> EvidenceVersion:
    """Let somebody have changed the title."""
    version.evidence.title += " (again)"
    version.evidence._history_user = person
    version.evidence.save()
    return version


def linked_by(version: EvidenceVersion, person: User) -> EvidenceVersion:
    """Let somebody have said what the evidence supports."""
    link = version.evidence.links.model(
        evidence=version.evidence, requirement=RequirementFactory(), added_by=person
    )
    link._history_user = person
    link.save()
    return version


@pytest.fixture
def everybody(lead: User, other_lead: User) -> list[User]:
    """People with every kind of right and none."""
    here = SiteFactory(name="Here")
    stand_in: User = StandInFactory(person=lead).stand_in
    return [
        lead,
        other_lead,
        stand_in,
        StandInFactory(person=other_lead, stand_in=stand_in).stand_in,
        StandInFactory(person=other_lead, stand_in=lead).stand_in,
        PersonFactory(role=Role.IG_LEAD, site=here),
        PersonFactory(role=Role.EDITOR),
        PersonFactory(role=Role.EDITOR, site=here),
        PersonFactory(role=Role.PORTAL_ADMIN, is_superuser=True),
        PersonFactory(role=Role.CONTRIBUTOR, site=here),
        PersonFactory(role=Role.IG_LEAD, is_active=False),
        PersonFactory(),
    ]


def versions_of_every_kind(everybody: list[User]) -> list[EvidenceVersion]:
    """Make versions that each of them has had, or not had, a hand in, of routed and other types."""
    policy, photo = EvidenceTypeFactory(code="policy"), EvidenceTypeFactory(code="photo")
    RouteFactory(steps=[(Role.IG_LEAD, 2)])
    RouteFactory(evidence_type=policy, steps=[(Role.EDITOR, 1), (Role.IG_LEAD, 1)])
    lead, other_lead, stand_in, *_, local_lead, editor, _, _, _, _, _ = everybody
    here = SiteFactory(name="Hereabouts")
    made = []
    for kind in (policy, photo):
        for site in (here, None, local_lead.memberships.get().site):
            about: dict[str, Any] = {"evidence__type": kind, "evidence__site": site}
            made += [
                VersionFactory(**about),
                VersionFactory(**about, uploaded_by=lead),
                edited_by(VersionFactory(**about), other_lead),
                linked_by(VersionFactory(**about), stand_in),
            ]
            halfway = VersionFactory(**about)
            role = Role.EDITOR if kind == policy else Role.IG_LEAD
            decider = editor if kind == policy else other_lead
            DecisionFactory(version=halfway, decider=decider, role=role, is_final=False)
            on_behalf = VersionFactory(**about)
            DecisionFactory(
                version=on_behalf, decider=stand_in, on_behalf_of=lead, role=role, is_final=False
            )
            approved_before = EvidenceFactory(type=kind, site=site)
            edited_by(VersionFactory(evidence=approved_before, approved=True), lead)
            made += [halfway, on_behalf, VersionFactory(evidence=approved_before)]
    return made


def test_the_queue_holds_exactly_what_its_person_may_decide_on(everybody: list[User]) -> None:
    versions = versions_of_every_kind(everybody)
    for person in everybody:
        may = {v.pk for v in versions if user_can_decide(fresh(person), v)}
        assert set(waiting_for(fresh(person)).values_list("pk", flat=True)) == may, person
    assert waiting_for(fresh(everybody[0])).exists()


def test_the_queue_holds_only_what_is_in_review(lead: User) -> None:
    for state in ("waiting", "approved", "returned", "refused", "withdrawn", "infected"):
        VersionFactory(**{state: True})
    assert list(review_queue(lead)) == []


def test_the_oldest_comes_first(lead: User) -> None:
    new, old = waited(VersionFactory(), days=1), waited(VersionFactory(), days=9)
    assert list(review_queue(lead)) == [old, new]


def test_the_queue_is_narrowed_by_site_type_section_age_and_words(lead: User) -> None:
    staffing = RequirementFactory(section="Staffing and roles")
    systems = RequirementFactory(section="IT systems and devices")
    evidence = EvidenceFactory(
        title="Fire drill", type=EvidenceTypeFactory(code="photo"), requirements=[staffing, systems]
    )
    wanted = waited(VersionFactory(evidence=evidence), days=9)
    other = VersionFactory(evidence__requirements=[])
    week = timezone.now() - timedelta(days=7)
    for narrowed in (
        review_queue(lead, site=evidence.site),
        review_queue(lead, evidence_type=evidence.type),
        review_queue(lead, section="Staffing and roles"),
        review_queue(lead, older_than=week),
        review_queue(lead, search="fire"),
    ):
        assert list(narrowed) == [wanted]
    assert list(review_queue(lead)) == [wanted, other]
    assert waiting_since(lead, week) == [wanted]


@pytest.mark.parametrize("search", ["'", '"', "%", "_", "\\", "日本", "<b>", "*" * 300])
def test_strange_words_find_nothing_and_break_nothing(lead: User, search: str) -> None:
    VersionFactory()
    assert list(review_queue(lead, search=search)) == []


def test_counting_stops_when_a_badge_needs_no_more(
    lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence_review.review.queries.COUNTED_AT_MOST", 2)
    VersionFactory.create_batch(4)
    assert waiting_count(lead) == 3
    assert COUNTED_AT_MOST == 100


def test_nobody_waits_for_those_who_do_not_review() -> None:
    VersionFactory()
    assert waiting_count(PersonFactory(role=Role.CONTRIBUTOR)) == 0


@pytest.mark.parametrize("rows", [1, 12])
def test_reading_the_queue_takes_the_same_queries_however_long_it_is(
    lead: User, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    VersionFactory.create_batch(rows)
    person = fresh(lead)
    # Memberships, stand-ins, routes; then one for the count and one for the rows.
    with django_assert_num_queries(5):
        waiting_count(person)
        for version in review_queue(person)[:25]:
            str((version.evidence.site, version.evidence.type, version.uploaded_by))


def test_a_place_in_the_queue_tells_how_many_are_ahead_and_which_is_next(lead: User) -> None:
    first, second, third = (waited(VersionFactory(), days=days) for days in (9, 8, 7))
    place = place_in_queue(lead, second)
    assert (place.ahead, place.total, place.next) == (1, 3, third)
    assert place_in_queue(fresh(lead), third).next == first


def test_the_only_one_in_the_queue_has_no_next(lead: User) -> None:
    assert place_in_queue(lead, VersionFactory()).next is None


def test_decisions_are_seen_at_the_sites_one_reads(lead: User) -> None:
    here = VersionFactory(approved=True)
    everywhere = VersionFactory(evidence__site=None, returned=True)
    VersionFactory(refused=True)
    local = PersonFactory(role=Role.IG_LEAD, site=here.evidence.site)
    seen = {decision.version_id for decision in decisions_seen_by(local)}
    assert seen == {here.pk, everywhere.pk}
    assert decisions_seen_by(lead).count() == Decision.objects.count() == 3
    assert list(decisions_seen_by(PersonFactory(role=Role.PORTAL_ADMIN))) == []
