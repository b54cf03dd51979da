"""The library's screens in the admin."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.policy_library.actions.adopt_starter import adopt_starter
from portal.policy_library.checklist import checklist_step
from portal.policy_library.models import Adoption, TakenOver
from portal.policy_library.reading import library
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LIBRARY = "/admin/policies/library/"
PASSWORDS = f"{LIBRARY}passwords/"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def read(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_the_library_lists_every_starter_by_topic_with_its_state(
    desk: Client, editor: User
) -> None:
    adopt_starter("passwords", actor=editor)
    shown = read(desk, LIBRARY)
    for starter in library().values():
        assert starter.title in shown
    assert shown.count("Not adopted") == len(library()) - 1 + len(["the filter"])
    assert "Keeping information safe" in shown
    assert "Policy library" in read(desk, "/admin/")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?standing=draft", 1),
        ("?standing=not_adopted", 19),
        ("?q=PHONE+tablet", 1),
        ("?q=zebra", 0),
        ("?standing=nonsense", 20),
        ("?q=%00%27%22", 20),
        ("?q=a&q=b&standing=published", 0),
    ],
)
def test_the_list_is_narrowed(desk: Client, editor: User, asked: str, found: int) -> None:
    adopt_starter("passwords", actor=editor)
    shown = read(desk, LIBRARY + asked)
    assert len(re.findall(rf'<a href="{LIBRARY}[a-z-]+/"><b>', shown)) == found


def test_the_list_takes_as_many_queries_for_one_policy_as_for_many(
    desk: Client, editor: User
) -> None:
    adopt_starter("passwords", actor=editor)
    read(desk, LIBRARY)
    with CaptureQueriesContext(connection) as for_one:
        read(desk, LIBRARY)
    for code in ("backup", "disposal", "dpia"):
        adopt_starter(code, actor=editor)
    with CaptureQueriesContext(connection) as for_many:
        read(desk, LIBRARY)
    assert len(for_many) == len(for_one)


def test_the_preview_says_what_it_supports_and_what_is_to_fill_in(desk: Client) -> None:
    shown = read(desk, f"{LIBRARY}data-breach/")
    assert "[name of your senior responsible person]" in shown
    assert "Where its rules come from" in shown
    assert "72 hours" in shown
    assert "The catalogue is not loaded yet." in shown


def test_adopting_leads_to_the_editor_and_twice_is_asked_about(desk: Client, editor: User) -> None:
    answer = desk.post(PASSWORDS, {"owner": editor.pk})
    page = PolicyPage.objects.get()
    assert answer.headers["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert "is a draft now" in read(desk, f"/admin/pages/{page.pk}/edit/")

    again = desk.post(PASSWORDS, {"owner": editor.pk})
    assert again.status_code == 409
    assert f"/admin/pages/{page.pk}/edit/" in again.content.decode()
    assert "was made from this starter already" in again.content.decode()
    assert desk.post(PASSWORDS, {"owner": editor.pk, "another_copy": "on"}).status_code == 302
    assert PolicyPage.objects.count() == 2


def test_the_owner_is_somebody_who_may_answer_for_a_policy(desk: Client) -> None:
    carer = PersonFactory.create(role=Role.STAFF)
    assert desk.post(PASSWORDS, {"owner": carer.pk}).status_code == 400
    assert desk.post(PASSWORDS, {}).status_code == 400
    assert not PolicyPage.objects.exists()
    manager = PersonFactory.create(role=Role.REGISTERED_MANAGER)
    desk.post(PASSWORDS, {"owner": manager.pk})
    assert PolicyPage.objects.get().policy_owner == manager


def test_what_is_new_is_shown_and_taken_over(
    desk: Client, editor: User, second_version: Callable[[], None]
) -> None:
    page = adopt_starter("passwords", actor=editor)
    newer = f"{PASSWORDS}newer/{Adoption.objects.get().pk}/"
    assert "Taken over by hand" not in read(desk, newer)
    second_version()

    assert "A newer starter text is here" in read(desk, LIBRARY)
    assert newer in read(desk, PASSWORDS)
    shown = read(desk, newer)
    assert "A PIN is longer now." in shown
    assert "<ins>" in shown
    assert f"/admin/pages/{page.pk}/edit/" in shown

    assert desk.post(newer, {"version": "1"}).status_code == 409
    assert desk.post(newer, {"version": "x"}).status_code == 400
    assert desk.post(newer, {"version": "2"}).status_code == 302
    assert TakenOver.objects.get().by == editor
    assert desk.post(newer, {"version": "2"}).status_code == 409
    assert "Taken over by hand" not in read(desk, newer)


@pytest.mark.parametrize("url", [f"{LIBRARY}nothing/", f"{PASSWORDS}newer/99/"])
def test_what_is_not_there_is_not_found(desk: Client, url: str) -> None:
    read(desk, url, 404)


def test_the_set_up_list_names_the_library_until_there_is_a_policy(editor: User) -> None:
    assert not checklist_step().is_done
    assert checklist_step().url == LIBRARY
    adopt_starter("passwords", actor=editor)
    assert checklist_step().is_done
