"""How one person stands with a policy, and what they are to read."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.people.answers import NotPermitted
from portal.people.models import Membership, Site, User
from portal.people.roles import Role
from portal.policies.changes import Change
from portal.policies.models import PolicyPage
from portal.policies.queries import audience_of
from portal.reading.queries.own import confirmations_of, policies_with_own_reading, to_read
from portal.reading.queries.policy import open_policy
from portal.reading.standing import last_day
from tests.factories import PersonFactory, SiteFactory
from tests.portal.reading.readers import asking, carer, changed, confirms, in_force

pytestmark = pytest.mark.django_db


def titles(person: User) -> list[str]:
    return [one.page.title for one in to_read(person)]


def is_asked(person: User, page: PolicyPage) -> bool:
    try:
        return open_policy(page.slug, person).asked_since is not None
    except NotPermitted:
        return False


def people_of(rowan: Site, elm: Site) -> list[User]:
    """Return people of every kind who may or may not be among a policy's readers."""
    today = timezone.localdate()
    left = carer(rowan)
    Membership.objects.filter(person=left).update(
        starts=today - timedelta(days=9), ends=today - timedelta(days=1)
    )
    begins = carer(rowan)
    Membership.objects.filter(person=begins).update(starts=today + timedelta(days=1))
    return [
        carer(rowan),
        carer(elm),
        carer(None),
        carer(rowan, Role.REGISTERED_MANAGER),
        carer(None, Role.IG_LEAD),
        PersonFactory.create(),
        left,
        begins,
    ]


@pytest.mark.parametrize(
    ("roles", "at_rowan"), [([], False), ([Role.STAFF], False), ([], True), ([Role.STAFF], True)]
)
def test_the_page_the_list_and_the_audience_agree_on_who_is_asked(
    roles: list[Role], at_rowan: bool
) -> None:
    rowan, elm = SiteFactory.create(), SiteFactory.create()
    page = asking(for_roles=roles, for_sites=[rowan] if at_rowan else [])
    people = people_of(rowan, elm)

    asked = {person.pk for person in audience_of(page)}

    assert {person.pk for person in people if is_asked(person, page)} == asked & {
        person.pk for person in people
    }
    assert {person.pk for person in people if titles(person)} == asked & {
        person.pk for person in people
    }


def test_whoever_joins_later_has_as_many_days_as_everybody_had() -> None:
    version = in_force(asking(confirm_days=14))
    assert version.confirm_by is not None
    joined = timezone.localdate() + timedelta(days=3)

    assert last_day(version, 14, joined) == joined + timedelta(days=14)
    assert last_day(version, 14, joined - timedelta(days=400)) == version.confirm_by


def test_what_was_confirmed_leaves_the_list_until_a_major_change() -> None:
    page, reader = asking(), carer(None)
    assert [(one.has_changed, one.is_late) for one in to_read(reader)] == [(False, False)]

    confirms(reader, page)
    assert titles(reader) == []
    page = changed(page, change=Change.MINOR, change_note="A word.", title="Renamed")
    assert titles(reader) == []
    changed(page, change=Change.MAJOR, summary="Other words.")

    assert [(one.page.title, one.has_changed) for one in to_read(reader)] == [("Renamed", True)]


def test_what_is_due_first_comes_first_and_what_is_late_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asking("Later", confirm_days=30)
    asking("Sooner", confirm_days=5)
    reader = carer(None)
    day = timezone.localdate() + timedelta(days=10)
    monkeypatch.setattr(timezone, "localdate", lambda *moment: day)

    assert [(one.page.title, one.is_late) for one in to_read(reader)] == [
        ("Sooner", True),
        ("Later", False),
    ]


def test_what_asks_nobody_or_was_withdrawn_is_not_to_be_read() -> None:
    asking("Quiet", asks_to_confirm=False)
    gone = asking("Gone")
    gone.unpublish(user=PersonFactory.create(role=Role.IG_LEAD))

    assert titles(carer(None)) == []


def test_confirmations_survive_every_later_version() -> None:
    page, reader = asking(), carer(None)
    for number in range(2, 5):
        confirms(reader, page)
        page = changed(page, title=f"Title {number}")

    kept = [(one.version.number, one.sha256) for one in confirmations_of(reader)]

    versions = {version.number: version.sha256 for version in page.versions.all()}
    assert kept == [(number, versions[number]) for number in (3, 2, 1)]


def test_the_lists_ask_the_same_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    reader = carer(None)
    asking("One")
    with django_assert_num_queries(1):
        assert len(to_read(reader)) == 1
    for title in ("Two", "Three"):
        page = asking(title)
        confirms(PersonFactory.create(role=Role.STAFF), page)

    fresh = User.objects.get(pk=reader.pk)
    with django_assert_num_queries(1):
        assert len(to_read(fresh)) == 3
    with django_assert_num_queries(2):
        for one in policies_with_own_reading(fresh):
            assert one.policy_owner.first_name
            assert one.is_confirmed is False
