"""Who may read a policy and who is asked to: every role, at its site, elsewhere and everywhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.people.models import Membership, Site, User
from portal.people.roles import Role
from portal.policies.models import PolicyAudience, PolicyInForce, PolicyPage
from portal.policies.permissions import user_can_read_policy
from portal.policies.queries import audience_of, policies_for
from tests.factories import MembershipFactory, PersonFactory, SiteFactory
from tests.portal.policies.making import published

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LEADS = {Role.EDITOR, Role.IG_LEAD}
MANAGERS = {Role.REGISTERED_MANAGER, Role.GROUP_MANAGER}


@pytest.fixture
def here() -> Site:
    return SiteFactory.create(name="Here")


@pytest.fixture
def there() -> Site:
    return SiteFactory.create(name="There")


@pytest.fixture
def page(editor: User, other_editor: User) -> PolicyPage:
    return published("Phones", author=editor, approver=other_editor)


def is_for(page: PolicyPage, *rows: tuple[str, Site | None]) -> None:
    """Let the policy in force be for these pairs."""
    PolicyAudience.objects.filter(page=page).delete()
    for role, site in rows:
        PolicyAudience.objects.create(page=page, role=role, site=site)


def reads(person: User, page: PolicyPage) -> bool:
    """Tell whether the person may read it: the list and the question must say the same."""
    fresh = User.objects.get(pk=person.pk)
    listed = policies_for(fresh).filter(pk=page.pk).exists()
    assert listed == bool(user_can_read_policy(fresh, page))
    return listed


def somebody(role: Role, site: Site | None) -> User:
    person: User = MembershipFactory.create(role=role, site=site).person
    return person


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("place", ["here", "there", "everywhere"])
def test_who_reads_what_is_for_staff_here(
    page: PolicyPage, here: Site, there: Site, role: Role, place: str
) -> None:
    is_for(page, (Role.STAFF, here))
    person = somebody(role, {"here": here, "there": there, "everywhere": None}[place])
    addressed = role == Role.STAFF and place != "there"

    assert reads(person, page) == (
        role in LEADS or addressed or (role in MANAGERS and place != "there")
    )
    assert (person in audience_of(page)) == addressed


@pytest.mark.parametrize("role", list(Role))
def test_what_is_for_everybody_is_read_by_everybody_and_asked_of_them(
    page: PolicyPage, here: Site, role: Role
) -> None:
    person = somebody(role, here)

    assert reads(person, page)
    assert person in audience_of(page)


@pytest.mark.parametrize("role", list(Role))
def test_what_is_for_one_role_everywhere_reaches_it_at_each_site(
    page: PolicyPage, here: Site, role: Role
) -> None:
    is_for(page, (Role.STAFF, None))
    person = somebody(role, here)

    assert reads(person, page) == (role == Role.STAFF or role in LEADS | MANAGERS)
    assert (person in audience_of(page)) == (role == Role.STAFF)


def test_what_is_for_one_site_reaches_every_role_there(
    page: PolicyPage, here: Site, there: Site
) -> None:
    is_for(page, ("", here))

    assert reads(somebody(Role.STAFF, here), page)
    assert reads(somebody(Role.CONTRIBUTOR, None), page)
    assert not reads(somebody(Role.STAFF, there), page)


def test_a_person_without_a_role_reads_what_is_for_everybody_and_is_asked_nothing(
    page: PolicyPage, here: Site
) -> None:
    person = PersonFactory.create()

    assert reads(person, page)
    assert person not in audience_of(page)
    is_for(page, ("", here))
    assert not reads(person, page)


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [(-9, -1, False), (1, None, False), (-9, 0, True), (0, None, True)],
)
def test_a_role_counts_between_its_days(
    page: PolicyPage, here: Site, starts: int, ends: int | None, counts: bool
) -> None:
    is_for(page, (Role.STAFF, here))
    person = somebody(Role.STAFF, here)
    Membership.objects.filter(person=person).update(
        starts=TODAY + timedelta(days=starts),
        ends=None if ends is None else TODAY + timedelta(days=ends),
    )

    assert reads(person, page) == counts
    assert (person in audience_of(page)) == counts


def test_an_inactive_person_is_asked_nothing_and_may_not_read(page: PolicyPage, here: Site) -> None:
    person = somebody(Role.STAFF, here)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert person not in audience_of(page)
    assert not user_can_read_policy(User.objects.get(pk=person.pk), page)


def test_a_person_with_two_roles_is_asked_once(page: PolicyPage, here: Site, there: Site) -> None:
    is_for(page, (Role.STAFF, here), (Role.CONTRIBUTOR, there))
    person = somebody(Role.STAFF, here)
    MembershipFactory.create(person=person, role=Role.CONTRIBUTOR, site=there)

    assert list(audience_of(page)).count(person) == 1
    assert policies_for(person).filter(pk=page.pk).count() == 1


def test_what_is_withdrawn_or_was_never_approved_is_read_by_nobody(
    page: PolicyPage, ig_lead: User
) -> None:
    PolicyInForce.objects.filter(page=page).delete()
    assert not policies_for(ig_lead).exists()

    page.unpublish(user=ig_lead)
    assert not policies_for(ig_lead).exists()
