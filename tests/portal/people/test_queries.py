"""Which roles somebody holds, where, on which day."""

from datetime import timedelta
from typing import cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.people.models import User
from portal.people.queries import (
    holds_everywhere,
    people_with_role,
    roles_anywhere,
    roles_at,
    site_ids_for,
    sites_for,
)
from portal.people.roles import Role
from tests.factories import MembershipFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_a_role_at_one_site_does_not_count_at_another_or_for_the_whole() -> None:
    here, there = SiteFactory.create(), SiteFactory.create()
    person = PersonFactory.create(role=Role.CONTRIBUTOR, site=here)
    assert roles_at(person, here) == {Role.CONTRIBUTOR}
    assert roles_at(person, there) == frozenset()
    assert roles_at(person, None) == frozenset()
    assert list(sites_for(person, {Role.CONTRIBUTOR})) == [here]


def test_a_role_for_every_site_counts_at_each_and_for_the_whole() -> None:
    site = SiteFactory.create()
    person = PersonFactory.create(role=Role.IG_LEAD)
    assert Role.IG_LEAD in roles_at(person, site)
    assert holds_everywhere(person, {Role.IG_LEAD})
    assert site_ids_for(person, {Role.IG_LEAD}) is None


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [(0, None, True), (0, 0, True), (-9, 0, True), (-9, -1, False), (1, None, False)],
)
def test_a_membership_counts_from_its_first_to_its_last_day(
    starts: int, ends: int | None, counts: bool
) -> None:
    person = PersonFactory.create()
    MembershipFactory.create(
        person=person,
        role=Role.EDITOR,
        starts=TODAY() + timedelta(days=starts),
        ends=None if ends is None else TODAY() + timedelta(days=ends),
    )
    assert (Role.EDITOR in roles_anywhere(person)) is counts
    assert people_with_role([Role.EDITOR]).contains(person) is counts


def test_somebody_switched_off_holds_nothing() -> None:
    person = PersonFactory.create(role=Role.IG_LEAD, is_active=False)
    assert roles_anywhere(person) == frozenset()
    assert not people_with_role([Role.IG_LEAD]).exists()


def test_being_a_superuser_gives_no_role() -> None:
    assert roles_anywhere(PersonFactory.create(is_superuser=True)) == frozenset()


def test_a_stranger_holds_nothing() -> None:
    assert roles_anywhere(cast("User", AnonymousUser())) == frozenset()


def test_twenty_questions_cost_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = User.objects.get(pk=PersonFactory.create(role=Role.IG_LEAD).pk)
    with django_assert_num_queries(1):
        for _ in range(20):
            roles_anywhere(person)


def test_people_of_one_site_include_those_of_every_site() -> None:
    here, there = SiteFactory.create(), SiteFactory.create()
    local, everywhere = (
        PersonFactory.create(role=Role.STAFF, site=here),
        PersonFactory.create(role=Role.STAFF),
    )
    PersonFactory.create(role=Role.STAFF, site=there)
    assert set(people_with_role([Role.STAFF], site=here)) == {local, everywhere}
