"""Wagtail's own screens of people, groups and sites, which would go around the record."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Site as WagtailSite
from wagtail.users.models import UserProfile

from portal.people.models import User
from portal.people.roles import Role
from tests.factories import PersonFactory
from tests.portal.accounts.making import page, verbs

pytestmark = pytest.mark.django_db
CLOSED = [
    "/admin/users/",
    "/admin/users/add/",
    "/admin/users/1/",
    "/admin/users/1/delete/",
    "/admin/groups/",
    "/admin/groups/new/",
    "/admin/groups/1/",
    "/admin/sites/",
    "/admin/sites/new/",
    "/admin/sites/1/",
    "/admin/redirects/",
    "/admin/bulk/people/user/delete/?id=1",
    "/admin/bulk/people/user/assign_role/?id=1",
    "/admin/bulk/people/user/set_active_state/?id=1",
]


@pytest.mark.parametrize("address", CLOSED)
@pytest.mark.parametrize("superuser", [False, True])
def test_they_are_closed_to_everybody(
    client: Client, administrator: User, address: str, superuser: bool
) -> None:
    User.objects.filter(pk=administrator.pk).update(is_superuser=superuser)
    client.force_login(administrator)
    before = (User.objects.count(), Group.objects.count(), WagtailSite.objects.count())
    for answer in (client.get(address), client.post(address, {"name": "x", "is_active": ""})):
        assert answer.status_code == 403
        assert "changed under People and Sites" in answer.content.decode()
    assert (User.objects.count(), Group.objects.count(), WagtailSite.objects.count()) == before
    assert User.objects.get(pk=administrator.pk).is_active


def test_the_menu_has_our_items_and_none_of_theirs(desk: Client) -> None:
    shown = page(desk, "/admin/")
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"):
        assert reverse(name) not in shown
    assert f'"url": "{reverse("people:index")}"' in shown
    assert f'"url": "{reverse("places:index")}"' in shown


def test_an_administrators_group_gives_them_nothing_but_entry_and_the_record() -> None:
    rights = Group.objects.get(name=Role.PORTAL_ADMIN).permissions
    assert set(rights.values_list("codename", flat=True)) == {"access_admin", "view_event"}


@pytest.mark.parametrize(
    "address",
    ["/admin/collections/", "/admin/workflows/list/", "/admin/images/", "/admin/pages/1/edit/"],
)
def test_wagtail_refuses_administrators_what_their_role_does_not_name(
    desk: Client, address: str
) -> None:
    answer = desk.get(address)
    assert answer.status_code in (302, 403, 404)
    assert answer.headers.get("Location", "/admin/") == "/admin/"


def test_nobody_renames_themselves_or_uploads_a_picture_past_the_record(
    client: Client,
) -> None:
    lead = PersonFactory.create(first_name="Grace", role=Role.IG_LEAD)
    client.force_login(lead)
    shown = page(client, "/admin/account/")
    assert "name_email-first_name" not in shown
    assert "avatar-avatar" not in shown
    assert "theme-theme" in shown
    picture = SimpleUploadedFile("me.png", b"not a picture", content_type="image/png")
    client.post(
        "/admin/account/",
        {"name_email-first_name": "Jane", "name_email-last_name": "X", "avatar-avatar": picture},
    )
    lead.refresh_from_db()
    assert lead.first_name == "Grace"
    assert not UserProfile.get_for_user(lead).avatar
    assert verbs() == []


def test_somebody_outside_the_admin_has_no_preferences_there(client: Client) -> None:
    client.force_login(PersonFactory.create(role=Role.STAFF))
    assert client.get("/admin/account/").status_code == 302


def test_every_address_of_wagtails_people_is_among_the_closed() -> None:
    closed = ("users/", "groups/", "sites/", "redirects/", "bulk/people/")
    names = ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index")
    for name in names:
        assert reverse(name).removeprefix("/admin/").startswith(closed)
    assert get_resolver().resolve("/admin/users/").func.__name__ == "kept_elsewhere"
