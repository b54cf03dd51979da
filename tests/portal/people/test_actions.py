"""The actions on people, places, roles and tokens: who may, what follows, what is written down."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.people.actions.administrators import LastAdministrator
from portal.people.actions.membership import AlreadyHeld, end_membership, grant_membership
from portal.people.actions.person import (
    EmailTaken,
    PersonDetails,
    add_person,
    change_person,
    deactivate_person,
    reactivate_person,
)
from portal.people.actions.place import PlaceTaken, add_site, change_site, set_organisation
from portal.people.actions.token import create_token, revoke_token
from portal.people.answers import NotPermitted
from portal.people.models import Membership, User
from portal.people.queries import roles_anywhere
from portal.people.roles import Role
from portal.record.actors import SETUP
from portal.record.models import Event
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
ANNA = PersonDetails(
    first_name="Anna", last_name="Field (demo)", email="anna@demo.example", job_title="Carer"
)


@pytest.fixture
def administrator() -> User:
    return PersonFactory.create(role=Role.PORTAL_ADMIN)


def _verbs() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))


def test_a_person_is_added_without_a_password_and_cannot_sign_in_yet(
    administrator: User,
) -> None:
    person = add_person(ANNA, actor=administrator)
    assert not person.has_usable_password()
    assert _verbs() == ["person.created"]


def test_an_email_address_belongs_to_one_person(administrator: User) -> None:
    add_person(ANNA, actor=administrator)
    with pytest.raises(EmailTaken):
        add_person(ANNA, actor=administrator)
    assert _verbs() == ["person.created"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PORTAL_ADMIN], ids=str)
def test_nobody_but_an_administrator_manages_people_and_sites(role: Role) -> None:
    actor, other, site = (
        PersonFactory.create(role=role),
        PersonFactory.create(),
        SiteFactory.create(),
    )
    for attempt in (
        lambda: add_person(ANNA, actor=actor),
        lambda: change_person(other, ANNA, actor=actor),
        lambda: deactivate_person(other, actor=actor),
        lambda: grant_membership(other, Role.STAFF, site=None, actor=actor),
        lambda: add_site(site.organisation, {"name": "New"}, actor=actor),
        lambda: change_site(site, {"name": "New"}, actor=actor),
        lambda: set_organisation({"name": "New"}, actor=actor),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert _verbs() == []


def test_admin_groups_follow_from_roles(administrator: User) -> None:
    person = PersonFactory.create()
    membership = grant_membership(person, Role.IG_LEAD, site=None, actor=administrator)
    assert list(person.groups.values_list("name", flat=True)) == ["ig_lead"]
    end_membership(membership, actor=administrator)
    assert not person.groups.exists()
    assert _verbs() == ["membership.granted", "membership.ended"]


def test_the_groups_give_just_the_rights_that_are_named() -> None:
    rights = Group.objects.get(name="editor").permissions.values_list("codename", flat=True)
    assert "access_admin" in rights
    assert "view_event" not in rights


def test_a_role_ended_on_its_first_day_counts_no_more(administrator: User) -> None:
    person = PersonFactory.create()
    membership = grant_membership(person, Role.EDITOR, site=None, actor=administrator)
    end_membership(membership, actor=administrator)
    assert roles_anywhere(User.objects.get(pk=person.pk)) == frozenset()


def test_overlapping_roles_are_refused_in_words(administrator: User) -> None:
    person = PersonFactory.create()
    grant_membership(person, Role.STAFF, site=None, actor=administrator)
    with pytest.raises(AlreadyHeld):
        grant_membership(person, Role.STAFF, site=None, actor=administrator)


def test_the_database_refuses_overlapping_memberships_but_not_neighbours() -> None:
    person, site, today = PersonFactory.create(), SiteFactory.create(), timezone.localdate()
    facts: dict[str, Any] = {"person": person, "role": Role.STAFF, "site": site}
    Membership.objects.create(**facts, starts=today, ends=today + timedelta(days=9))
    for first, last in ((0, 9), (9, None), (-5, 0), (3, 4), (-5, None)):
        ends = None if last is None else today + timedelta(days=last)
        with pytest.raises(IntegrityError, match="refused:"), transaction.atomic():
            Membership.objects.create(**facts, starts=today + timedelta(days=first), ends=ends)
    Membership.objects.create(**facts, starts=today + timedelta(days=10))
    Membership.objects.create(
        **facts, starts=today - timedelta(days=5), ends=today - timedelta(days=1)
    )


@pytest.mark.parametrize("table", ["people_user", "people_site"])
def test_people_and_sites_cannot_be_deleted(table: str) -> None:
    PersonFactory.create()
    SiteFactory.create()
    with pytest.raises(IntegrityError, match="refused:"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table}")  # noqa: S608 - the names are ours


def test_switching_an_account_off_ends_its_sessions_at_once(
    client: Client, administrator: User
) -> None:
    person = PersonFactory.create(role=Role.STAFF)
    client.force_login(person)
    deactivate_person(person, actor=administrator)
    assert client.get(reverse("accounts:account")).status_code == 302
    reactivate_person(person, actor=administrator)
    assert client.get(reverse("accounts:account")).status_code == 302
    assert _verbs() == ["person.deactivated", "person.reactivated"]


def test_nobody_switches_themselves_off(administrator: User) -> None:
    with pytest.raises(NotPermitted, match="your own account"):
        deactivate_person(administrator, actor=administrator)


def test_a_correction_says_which_fields_in_the_bytes_and_what_in_the_detail(
    administrator: User,
) -> None:
    person = PersonFactory.create(first_name="Ann", last_name="Field (demo)", job_title="Carer")
    change_person(person, ANNA, actor=administrator)
    event = Event.objects.get()
    assert event.facts["fields"] == "email,first_name"
    assert event.detail_data["changes"]["first_name"] == ["Ann", "Anna"]
    assert b"Anna" not in bytes(event.body)


def test_sites_and_the_organisation_keep_their_changes(administrator: User) -> None:
    organisation = set_organisation({"name": "Care (demo)"}, actor=administrator)
    set_organisation({"name": "Care (demo)"}, actor=administrator)
    site = add_site(organisation, {"name": "Elm House (demo)"}, actor=administrator)
    change_site(site, {"ods_code": "VM195", "is_active": False}, actor=administrator)
    assert _verbs() == ["organisation.changed", "site.created", "site.changed"]
    assert site.history.count() == 2


def test_a_token_is_kept_as_a_digest_and_revoked_for_good() -> None:
    person = PersonFactory.create()
    row, token = create_token(person, "Rota", actor=person)
    assert token not in str(vars(row))
    revoke_token(row, actor=person)
    revoke_token(row, actor=person)
    assert _verbs() == ["token.created", "token.revoked"]


def test_nobody_makes_or_revokes_a_token_for_somebody_else(administrator: User) -> None:
    person = PersonFactory.create()
    with pytest.raises(NotPermitted):
        create_token(person, "Theirs", actor=administrator)
    row, _ = create_token(person, "Mine", actor=person)
    with pytest.raises(NotPermitted):
        revoke_token(row, actor=administrator)


def test_a_role_given_and_ended_twice_in_a_day_leaves_no_trace_but_the_record(
    administrator: User,
) -> None:
    person = PersonFactory.create()
    for _ in range(2):
        given = grant_membership(person, Role.EDITOR, site=None, actor=administrator)
        end_membership(given, actor=administrator)
    assert not person.memberships.exists()
    assert _verbs() == ["membership.granted", "membership.ended"] * 2
    assert Membership.history.filter(person=person, history_type="-").count() == 2


def test_a_role_that_has_not_begun_is_never_said_to_have_been_held(administrator: User) -> None:
    person, today = PersonFactory.create(), timezone.localdate()
    ends = today + timedelta(days=9)
    grant_membership(person, Role.STAFF, site=None, ends=ends, actor=administrator)
    later = grant_membership(
        person, Role.STAFF, site=None, starts=ends + timedelta(days=1), actor=administrator
    )
    end_membership(later, actor=administrator)
    assert [each.ends for each in person.memberships.all()] == [ends]


def test_the_last_administrator_stays(administrator: User) -> None:
    membership = administrator.memberships.get()
    with pytest.raises(LastAdministrator):
        end_membership(membership, actor=administrator)
    today = timezone.localdate()
    PersonFactory.create(role=Role.PORTAL_ADMIN, is_active=False)
    PersonFactory.create(role=Role.PORTAL_ADMIN, site=SiteFactory.create())
    MembershipFactory.create(role=Role.PORTAL_ADMIN, ends=today)
    MembershipFactory.create(role=Role.PORTAL_ADMIN, starts=today + timedelta(days=1))
    with pytest.raises(LastAdministrator):
        end_membership(membership, actor=administrator)
    with pytest.raises(LastAdministrator):
        deactivate_person(administrator, actor=SETUP)
    PersonFactory.create(role=Role.PORTAL_ADMIN)
    end_membership(membership, actor=administrator)
    assert _verbs() == ["membership.ended"]


def test_two_sites_share_neither_name_nor_code(administrator: User) -> None:
    site = SiteFactory.create(name="Elm House (demo)", ods_code="VM195")
    for facts in ({"name": "Elm House (demo)"}, {"name": "Oak (demo)", "ods_code": "VM195"}):
        with pytest.raises(PlaceTaken):
            add_site(site.organisation, facts, actor=administrator)
        with pytest.raises(PlaceTaken):
            change_site(SiteFactory.create(), facts, actor=administrator)
    assert _verbs() == []


def test_the_organisation_is_one() -> None:
    OrganisationFactory.create()
    assert set_organisation({"name": "Renamed (demo)"}, actor=SETUP).pk


def test_the_database_refuses_one_address_twice_in_other_letters() -> None:
    PersonFactory(email="priya@demo.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email="Priya@Demo.example", first_name="Other").save()
