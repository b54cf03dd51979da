"""What was changed of people, roles and sites behind the record's back is named."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.people.actions.membership import end_membership, grant_membership
from portal.people.actions.person import (
    PersonDetails,
    add_person,
    change_person,
    deactivate_person,
    reactivate_person,
)
from portal.people.actions.place import add_site, change_site, set_organisation
from portal.people.invariants import (
    people_are_as_recorded,
    roles_are_as_recorded,
    sites_are_as_recorded,
)
from portal.people.models import Membership, Site, User
from portal.people.roles import Role
from portal.record.actors import SETUP
from portal.record.erasing import erase_details
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb
from tests.behind import behind_the_back

pytestmark = pytest.mark.django_db
Check = Callable[[], Iterable[str]]
CHECKS: tuple[Check, ...] = (people_are_as_recorded, roles_are_as_recorded, sites_are_as_recorded)


@pytest.fixture(autouse=True)
def house(db: None) -> None:
    """Two sites, two people, and everything that can happen to them."""
    organisation = set_organisation({"name": "Demo Care (demo)"}, actor=SETUP)
    rowan = add_site(organisation, {"name": "Rowan (demo)", "ods_code": "VM001"}, actor=SETUP)
    larch = add_site(organisation, {"name": "Larch (demo)"}, actor=SETUP)
    change_site(larch, {"name": "Larch Lodge (demo)", "is_active": False}, actor=SETUP)
    tom = add_person(PersonDetails("Tom", "Reed", "Tom@Demo.example"), actor=SETUP)
    change_person(tom, PersonDetails("Tom", "Reed", "t.reed@demo.example"), actor=SETUP)
    ann = add_person(PersonDetails("Ann", "Reed", None), actor=SETUP)
    today = timezone.localdate()
    for site in (rowan, larch):
        grant_membership(tom, Role.STAFF, site=site, starts=today - timedelta(days=9), actor=SETUP)
    grant_membership(tom, Role.EDITOR, site=None, actor=SETUP)
    end_membership(Membership.objects.get(person=tom, role=Role.EDITOR), actor=SETUP)
    end_membership(Membership.objects.get(person=tom, site=larch), actor=SETUP)
    grant_membership(ann, Role.STAFF, site=None, ends=today + timedelta(days=9), actor=SETUP)
    deactivate_person(ann, actor=SETUP)
    deactivate_person(tom, actor=SETUP)
    reactivate_person(tom, actor=SETUP)


def test_what_actions_did_is_as_recorded() -> None:
    assert [list(check()) for check in CHECKS] == [[], [], []]


@pytest.mark.parametrize(
    ("check", "statement", "named"),
    [
        (
            people_are_as_recorded,
            "UPDATE people_user SET is_active = TRUE WHERE first_name = 'Ann'",
            "switched on unseen",
        ),
        (
            people_are_as_recorded,
            "UPDATE people_user SET email = 'thief@demo.example' WHERE first_name = 'Tom'",
            "another e-mail address",
        ),
        (
            people_are_as_recorded,
            "UPDATE people_user SET public_id = 'somebodyElse' WHERE first_name = 'Ann'",
            "person somebodyElse is in the tables, and no event says so",
        ),
        (
            roles_are_as_recorded,
            "UPDATE people_membership SET role = 'ig_lead' WHERE ends IS NULL",
            "the role ig_lead of person",
        ),
        (
            roles_are_as_recorded,
            "UPDATE people_membership SET ends = NULL WHERE ends < CURRENT_DATE",
            "ends on no day",
        ),
        (
            roles_are_as_recorded,
            "DELETE FROM people_membership WHERE ends IS NULL",
            "is on record, and not in the tables",
        ),
        (
            roles_are_as_recorded,
            "UPDATE people_membership SET site_id = NULL WHERE ends IS NULL",
            "at site every",
        ),
        (
            sites_are_as_recorded,
            "UPDATE people_site SET is_active = TRUE WHERE NOT is_active",
            "the is_active of site",
        ),
        (
            sites_are_as_recorded,
            "UPDATE people_site SET cqc_location_id = '1-9' WHERE ods_code = 'VM001'",
            "the cqc_location_id of site",
        ),
        (
            sites_are_as_recorded,
            "UPDATE people_site SET public_id = 'elsewhere' WHERE ods_code = 'VM001'",
            "site elsewhere is in the tables",
        ),
    ],
)
def test_what_was_changed_past_the_portal_is_named(
    check: Check, statement: str, named: str
) -> None:
    behind_the_back(statement)
    assert any(named in sentence for sentence in check())


@pytest.mark.parametrize(
    ("check", "verb", "after"),
    [
        (people_are_as_recorded, Verb.PERSON_CREATED, "active"),
        (roles_are_as_recorded, Verb.MEMBERSHIP_GRANTED, "editor"),
        (sites_are_as_recorded, Verb.SITE_CREATED, ""),
    ],
)
def test_an_event_without_its_row_is_named(check: Check, verb: Verb, after: str) -> None:
    ann = User.objects.get(first_name="Ann")
    record(
        verb,
        Site(public_id="nowhere").record_ref if after == "" else User(public_id="ghost").record_ref,
        actor=ann,
        after=after,
        facts={"site": "every", "starts": "2026-01-01", "ends": "", "fields": ""},
    )
    (sentence,) = check()
    assert "is on record, and not in the tables" in sentence


def test_what_was_erased_is_not_asked_for() -> None:
    tom = User.objects.get(first_name="Tom")
    seqs = Event.objects.values_list("seq", flat=True)
    erase_details(list(seqs), tom.record_ref, actor=SETUP)
    assert [list(check()) for check in CHECKS] == [[], [], []]
    behind_the_back("UPDATE people_site SET ods_code = 'VM009' WHERE ods_code = 'VM001'")
    assert list(sites_are_as_recorded()) == []


def test_an_end_of_which_an_older_release_kept_little_is_no_false_alarm() -> None:
    tom = User.objects.get(first_name="Tom")
    running = Membership.objects.get(person=tom, ends__isnull=True)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    behind_the_back("UPDATE people_membership SET ends = %s WHERE ends IS NULL", [yesterday])
    record(
        Verb.MEMBERSHIP_ENDED,
        tom.record_ref,
        actor=SETUP,
        before=running.role,
        facts={"ends": yesterday},
    )
    assert list(roles_are_as_recorded()) == []
