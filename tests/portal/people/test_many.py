"""Many people and sites at once: all or none, and an event for each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.people.actions.membership import AlreadyHeld, grant_membership
from portal.people.actions.newcomers import Given, Newcomer, add_people
from portal.people.actions.person import EmailTaken, PersonDetails, add_person
from portal.people.actions.place import PlaceTaken, add_site, add_sites
from portal.people.answers import NotPermitted
from portal.people.models import Membership, Site, User
from portal.people.queries import roles_anywhere
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import OrganisationFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return PersonFactory.create(role=Role.PORTAL_ADMIN)


def newcomer(number: int, *roles: Given, email: str | None = None) -> Newcomer:
    details = PersonDetails(
        first_name="Anna",
        last_name=f"Field {number} (demo)",
        email=email or f"anna{number}@demo.example",
        job_title="Carer",
    )
    return Newcomer(details, roles)


def told() -> list[dict[str, Any]]:
    """Return every event without what differs from one person to the next."""
    return [
        {
            "verb": event.verb,
            "kind": event.object_kind,
            "actor": event.actor_ref,
            "before": event.before,
            "after": event.after,
            "facts": event.facts,
            "detail": event.detail_data,
        }
        for event in Event.objects.order_by("seq")
    ]


def test_newcomers_come_with_their_roles_history_and_the_events_of_a_single_one(
    administrator: User,
) -> None:
    site = SiteFactory.create()
    one = newcomer(1, Given(Role.IG_LEAD, None), Given(Role.STAFF, site))
    [person] = add_people([one], actor=administrator)
    together = told()
    assert roles_anywhere(person) == {Role.IG_LEAD, Role.STAFF}
    assert person.groups.get() == Group.objects.get(name="ig_lead")
    assert not person.has_usable_password()
    assert person.history.count() == 1
    assert [given.history.count() for given in person.memberships.all()] == [1, 1]

    singly = add_person(newcomer(2).details, actor=administrator)
    grant_membership(singly, Role.IG_LEAD, site=None, actor=administrator)
    grant_membership(singly, Role.STAFF, site=site, actor=administrator)
    alone = told()[len(together) :]
    assert str(together).replace("Field 1", "Field 2").replace("anna1", "anna2") == str(alone)


def test_sites_come_with_their_history_and_the_events_of_a_single_one(
    administrator: User,
) -> None:
    organisation = OrganisationFactory.create()
    facts = {"name": "Elm (demo)", "ods_code": "VM195", "service_type": "nursing"}
    [site] = add_sites(organisation, [facts], actor=administrator)
    assert Site.objects.get() == site
    assert site.history.count() == 1
    add_site(organisation, facts | {"name": "Ash (demo)", "ods_code": ""}, actor=administrator)
    first, second = told()
    assert first["verb"] == second["verb"] == "site.created"
    assert first["detail"]["changes"] == {
        "name": ["", "Elm (demo)"],
        "ods_code": ["", "VM195"],
        "service_type": ["residential", "nursing"],
    }


def test_all_are_added_or_none(administrator: User) -> None:
    taken = add_person(newcomer(1).details, actor=administrator)
    before = (User.objects.count(), Event.objects.count())
    refused: list[tuple[type[Exception], list[Newcomer]]] = [
        (EmailTaken, [newcomer(2), newcomer(3, email=taken.email)]),
        (EmailTaken, [newcomer(2), newcomer(3, email="anna2@demo.example")]),
        (AlreadyHeld, [newcomer(2, Given(Role.STAFF, None), Given(Role.STAFF, None))]),
    ]
    for why, newcomers in refused:
        with pytest.raises(why):
            add_people(newcomers, actor=administrator)
    assert (User.objects.count(), Event.objects.count()) == before
    assert not Membership.objects.exclude(person=administrator).exists()


def test_all_sites_are_added_or_none(administrator: User) -> None:
    site = SiteFactory.create(ods_code="VM195")
    for facts in ({"name": site.name}, {"name": "Elm (demo)", "ods_code": "VM195"}):
        with pytest.raises(PlaceTaken):
            add_sites(site.organisation, [{"name": "Ash (demo)"}, facts], actor=administrator)
    assert Site.objects.get() == site
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PORTAL_ADMIN])
def test_only_a_portal_administrator_may(role: Role) -> None:
    somebody = PersonFactory.create(role=role)
    tries: list[Callable[[], Any]] = [
        lambda: add_people([newcomer(1)], actor=somebody),
        lambda: add_sites(OrganisationFactory.create(), [{"name": "Elm"}], actor=somebody),
    ]
    for attempt in tries:
        with pytest.raises(NotPermitted):
            attempt()
    assert not Event.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_number_of_people(
    administrator: User,
) -> None:
    counts = []
    for first, last in ((0, 2), (100, 150)):
        many = [newcomer(number, Given(Role.STAFF, None)) for number in range(first, last)]
        with CaptureQueriesContext(connection) as queries:
            add_people(many, actor=administrator)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2  # rows go in by the batch


def test_nobody_is_nothing(administrator: User) -> None:
    assert add_people([], actor=administrator) == []
    assert add_sites(OrganisationFactory.create(), [], actor=administrator) == []
    assert not Event.objects.exists()
