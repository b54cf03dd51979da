"""The admin in our clothes."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from portal.chrome.wagtail_hooks import only_what_is_of_use
from portal.people.roles import Role
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

HERE = "tests.portal.chrome.test_admin"
asked: list[str] = []


def notice(request: HttpRequest) -> list[str]:
    """Be a room that has something to say."""
    asked.append(request.path)
    return ["This portal knows only <test> signatures."]


def silence(request: HttpRequest) -> list[str]:
    """Be a room that has nothing to say."""
    return []


def admin_as(role: Role, path: str = "/admin/account/") -> str:
    client = Client()
    client.force_login(PersonFactory.create(role=role))
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_admin_carries_our_name_and_only_our_few_styles(settings: Settings) -> None:
    settings.PORTAL_NAME = "Rowan Portal"

    page = admin_as(Role.IG_LEAD)

    assert "Rowan Portal</title>" in page
    assert 'alt="Rowan Portal"' in page
    assert "wellkept/parts.css" in page
    assert "wellkept/admin.css" in page
    assert "wellkept/theme.css" not in page


def test_a_notice_stands_on_every_admin_page(settings: Settings) -> None:
    settings.ADMIN_NOTICES = [f"{HERE}.silence", f"{HERE}.notice"]

    for path in ("/admin/", "/admin/account/", "/admin/record/"):
        assert "This portal knows only &lt;test&gt; signatures." in admin_as(Role.IG_LEAD, path)
        assert asked[-1] == path


def test_without_notices_there_is_no_bar(settings: Settings) -> None:
    settings.ADMIN_NOTICES = [f"{HERE}.silence"]

    assert "wk-notices" not in admin_as(Role.IG_LEAD)


def test_portal_pages_do_not_carry_the_administrators_notices(
    client: Client, settings: Settings
) -> None:
    settings.ADMIN_NOTICES = [f"{HERE}.notice"]
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))

    assert "wk-notices" not in client.get("/help/").content.decode()


@pytest.mark.parametrize(
    ("role", "left"),
    [
        (Role.IG_LEAD, ["explorer", "record"]),
        (Role.EDITOR, ["explorer", "images", "documents", "record"]),
    ],
)
def test_the_menu_holds_only_what_people_have_use_for(
    rf: RequestFactory, role: Role, left: list[str]
) -> None:
    request = rf.get("/admin/")
    request.user = PersonFactory.create(role=role)
    items = [
        SimpleNamespace(name=name) for name in ("explorer", "images", "documents", "record", "help")
    ]

    only_what_is_of_use(request, items)

    assert [item.name for item in items] == left


def test_nobody_signed_in_has_the_editors_items(rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = AnonymousUser()
    items = [SimpleNamespace(name="images")]

    only_what_is_of_use(request, items)

    assert items == []


def test_the_admin_leads_back_to_the_portal() -> None:
    page = admin_as(Role.IG_LEAD)

    assert '"name": "portal", "label": "Portal"' in page
    assert '"url": "http://testserver/"' in page


def test_the_admins_first_page_counts_no_pictures() -> None:
    page = admin_as(Role.EDITOR, "/admin/")

    assert "w-summary" not in page
    assert "editor guide" not in page


def test_the_admins_first_page_is_called_after_the_portal(settings: Settings) -> None:
    settings.PORTAL_NAME = "Rowan Portal"

    assert "Rowan Portal</h1>" in " ".join(admin_as(Role.IG_LEAD, "/admin/").split()).replace(
        " </h1>", "</h1>"
    )


def test_wagtails_login_leads_to_the_one_door(client: Client) -> None:
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1] == ("/account/login/?next=/admin/", 302)
