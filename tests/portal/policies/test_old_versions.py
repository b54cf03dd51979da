"""Every version stays readable, for those with the right, and says whether it still holds."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.reading.actions.acknowledge import acknowledge
from portal.reading.models import How
from tests.factories import MembershipFactory, PersonFactory, SiteFactory
from tests.portal.policies.making import draft, published, published_again, save_draft

pytestmark = pytest.mark.django_db

HERE = "/policies/phones/versions/"


@pytest.fixture
def phones(editor: User, other_editor: User) -> PolicyPage:
    page = published("Phones", author=editor, approver=other_editor, summary="In a locker.")
    return published_again(
        page,
        author=editor,
        approver=other_editor,
        summary="In a drawer.",
        change="minor",
        change_note="The drawer is nearer.",
    )


def test_the_list_says_of_each_version_what_and_who_and_how(
    client: Client, staff: User, phones: PolicyPage, other_editor: User
) -> None:
    client.force_login(staff)

    screen = client.get(HERE).content.decode()

    for words in (
        "2 versions were published.",
        "In force",
        "Replaced",
        "A minor change",
        "A major change",
        "The drawer is nearer.",
        other_editor.actor_label,
        phones.versions.first().sha256[:8],
    ):
        assert words in screen


def test_an_old_version_shows_its_own_words_and_says_it_was_replaced(
    client: Client, staff: User, phones: PolicyPage
) -> None:
    client.force_login(staff)

    old = client.get(f"{HERE}1/").content.decode()
    new = client.get(f"{HERE}2/").content.decode()

    assert "In a locker." in old
    assert "In a drawer." not in old
    assert "Do not work by this text." in old
    assert "In a drawer." in new
    assert "Do not work by this text." not in new


def test_the_changes_of_a_version_are_marked(
    client: Client, staff: User, phones: PolicyPage, editor: User, other_editor: User
) -> None:
    published_again(phones, author=editor, approver=other_editor, summary="In a safe.")
    client.force_login(staff)

    assert "<ins>drawer.</ins>" in client.get(f"{HERE}2/changes/").content.decode()
    third = client.get(f"{HERE}3/changes/").content.decode()
    assert "<del>drawer.</del>" in third
    assert "<del>locker.</del>" in client.get(f"{HERE}3/changes/?from=1").content.decode()
    first = client.get(f"{HERE}1/changes/").content.decode()
    assert "nothing to compare it with" in first


@pytest.mark.parametrize("number", ["7", "-1", "x", "\x00", "1 OR 1=1", "9" * 400])
def test_a_version_to_compare_with_that_is_none_is_said_so(
    client: Client, staff: User, phones: PolicyPage, number: str
) -> None:
    client.force_login(staff)

    answer = client.get(f"{HERE}2/changes/", {"from": number})

    assert "There is no such earlier version." in answer.content.decode()


@pytest.mark.parametrize("path", ["7/", "0/", "7/changes/", f"{'9' * 30}/"])
def test_a_version_that_never_was_is_not_found(
    client: Client, staff: User, phones: PolicyPage, path: str
) -> None:
    client.force_login(staff)

    assert client.get(HERE + path).status_code == 404


def test_a_draft_has_no_versions_to_read(client: Client, editor: User, phones: PolicyPage) -> None:
    draft("Not yet", author=editor)
    phones.summary = "Nobody approved this."
    save_draft(phones, author=editor)
    client.force_login(editor)

    assert client.get("/policies/not-yet/versions/").status_code == 404
    assert "Nobody approved this." not in client.get(f"{HERE}2/").content.decode()


@pytest.mark.parametrize("path", ["", "1/", "2/changes/"])
def test_strangers_sign_in_and_those_it_is_not_for_are_refused(
    client: Client, editor: User, other_editor: User, staff: User, path: str
) -> None:
    managers = [Role.REGISTERED_MANAGER]
    page = published("Phones", author=editor, approver=other_editor, for_roles=managers)
    published_again(page, author=editor, approver=other_editor, summary="x")

    assert client.get(HERE + path).status_code == 302
    client.force_login(staff)
    assert client.get(HERE + path).status_code == 403


def test_a_withdrawn_policy_is_read_by_those_who_answer_for_it_and_whoever_confirmed_it(
    client: Client, editor: User, ig_lead: User, staff: User, phones: PolicyPage
) -> None:
    site = SiteFactory.create()
    manager = MembershipFactory.create(role=Role.REGISTERED_MANAGER, site=site).person
    confirmed = PersonFactory.create(role=Role.STAFF)
    acknowledge(phones.versions.first(), actor=confirmed, how=How.OWN)
    phones.unpublish(user=ig_lead)

    answers = {}
    for name, person in {
        "editor": editor,
        "lead": ig_lead,
        "manager": manager,
        "confirmed": confirmed,
        "staff": staff,
        "administrator": PersonFactory.create(role=Role.PORTAL_ADMIN),
    }.items():
        client.force_login(person)
        answers[name] = client.get(HERE).status_code

    assert answers == {
        "editor": 200,
        "lead": 200,
        "manager": 200,
        "confirmed": 200,
        "staff": 403,
        "administrator": 403,
    }
    client.force_login(confirmed)
    screen = client.get(f"{HERE}2/").content.decode()
    assert "Withdrawn" in screen
    assert "The policy was withdrawn." in screen


def test_the_list_asks_the_same_number_of_questions_for_two_versions_and_for_five(
    client: Client,
    staff: User,
    phones: PolicyPage,
    editor: User,
    other_editor: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(staff)
    client.get(HERE)
    with django_assert_num_queries(7):
        client.get(HERE)
    for number in range(3):
        published_again(phones, author=editor, approver=other_editor, summary=f"Place {number}.")

    with django_assert_num_queries(7):
        client.get(HERE)
