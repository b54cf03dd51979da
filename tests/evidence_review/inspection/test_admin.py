"""Inspectors in the admin: the list, giving access, one access, ending it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.models import InspectorAccess
from portal.frameworks.models import Requirement
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.evidence_review.inspection.conftest import (
    Clock,
    Enter,
    GiveAccess,
    ShowEvidence,
    page,
    text_of,
)
from tests.factories import PersonFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
NAMES = ["index", "index_results", "give"]
OF_ONE = ["access", "send_link", "end"]


@pytest.fixture
def admin(client: Client, ig_lead: User) -> Client:
    """The browser of an IG lead of the whole organisation."""
    client.force_login(ig_lead)
    return client


def address(name: str, access: InspectorAccess | None = None) -> str:
    return reverse(f"inspectors:{name}", args=[access.public_id] if access else [])


def form(requirement: Requirement, **said: object) -> dict[str, object]:
    """Return what an IG lead types for one site, unless said otherwise."""
    last_day = timezone.localdate() + timedelta(days=7)
    return {
        "name": "Kim Park (demo)",
        "inspector_organisation": "Care Quality Commission",
        "email": "kim.park@cqc.example",
        "starts_on": "",
        "ends_on": f"{last_day:%Y-%m-%d}",
        "ends_at": "17:00",
        "which": "chosen",
        "editions": [requirement.edition_id],
        **said,
    }


@pytest.mark.parametrize("role", [role for role in Role if role != Role.IG_LEAD])
def test_nobody_but_an_ig_lead_comes_in(
    access: InspectorAccess, client: Client, role: Role
) -> None:
    client.force_login(PersonFactory.create(role=role))
    for name in NAMES:
        assert client.get(address(name)).status_code in (302, 403)
    for name in OF_ONE:
        assert client.get(address(name, access)).status_code in (302, 403)
        assert client.post(address(name, access)).status_code in (302, 403, 405)
    access.refresh_from_db()
    assert access.is_open()
    assert not access.link_waits


def test_an_ig_lead_of_one_site_finds_the_accesses_to_that_site_alone(
    give_access: GiveAccess, client: Client, site: Site, other_site: Site
) -> None:
    theirs = give_access(name="Kim Park (demo)", sites=[site])
    every = give_access(name="Jo Reyes (demo)", sites=None)
    client.force_login(PersonFactory.create(role=Role.IG_LEAD, site=site))
    said = text_of(client.get(address("index")))
    assert "Kim Park (demo)" in said
    assert "Jo Reyes" not in said
    assert client.get(address("access", theirs)).status_code == 200
    for name in OF_ONE:
        assert client.get(address(name, every)).status_code in (404, 405)
        assert client.post(address(name, every)).status_code in (404, 405)
    every.refresh_from_db()
    assert every.is_open()


def test_an_empty_list_says_what_would_be_here(admin: Client) -> None:
    said = text_of(admin.get(address("index")))
    assert "No inspector has been given access yet." in said


def test_the_list_tells_the_state_in_words_and_can_be_narrowed_to_one(
    give_access: GiveAccess, admin: Client, ig_lead: User, clock: Clock
) -> None:
    give_access(name="Ended One", ends=clock.now + timedelta(minutes=1))
    clock.forward(minutes=2)
    give_access(name="Open One")
    give_access(name="Later One", starts=clock.now + timedelta(days=1))
    revoke_access(give_access(name="Revoked One"), actor=ig_lead)
    states = {
        "open": ("Open One", "Open"),
        "not_started": ("Later One", "Not started"),
        "ended": ("Ended One", "Ended"),
        "revoked": ("Revoked One", "Ended early"),
    }
    for state, (name, word) in states.items():
        said = text_of(admin.get(address("index"), {"state": state}))
        assert f"{name} Care Quality Commission {word}" in said
        assert not [other for other, _ in states.values() if other != name and other in said]


def test_the_list_can_be_searched_sorted_and_exported(
    give_access: GiveAccess, admin: Client
) -> None:
    give_access(name="=cmd()", email="kim@cqc.example")
    give_access(name="Jo Reyes", email="jo@cqc.example")
    said = text_of(admin.get(address("index_results"), {"q": "jo@"}))
    assert "Jo Reyes" in said
    assert "=cmd()" not in said
    for key in ("name", "-ends", "last_seen", "-granted_at"):
        assert admin.get(address("index"), {"ordering": key}).status_code == 200
    sheet = b"".join(admin.get(address("index"), {"export": "csv"})).decode()
    assert "'=cmd()" in sheet
    book = load_workbook(BytesIO(b"".join(admin.get(address("index"), {"export": "xlsx"}))))
    assert [cell.value for cell in book.worksheets[0]["A"]] == [
        "Inspector's name",
        "Jo Reyes",
        "=cmd()",
    ]


def test_an_ig_lead_gives_access_and_is_shown_the_link(
    admin: Client, site: Site, requirement: Requirement
) -> None:
    answer = admin.post(address("give"), form(requirement, sites=[site.pk]), follow=True)
    access = InspectorAccess.objects.get()
    assert answer.redirect_chain[-1][0] == address("access", access)
    assert f"http://testserver{page('open', access)}" in answer.content.decode()
    assert list(access.sites.all()) == [site]
    assert not access.every_site
    assert f"{timezone.localtime(access.ends):%H:%M}" == "17:00"


def test_every_site_is_given_when_that_is_chosen(admin: Client, requirement: Requirement) -> None:
    admin.post(address("give"), form(requirement, which="every"))
    access = InspectorAccess.objects.get()
    assert access.every_site
    assert not access.sites.exists()


def test_an_ig_lead_of_one_site_is_offered_that_site_alone(
    client: Client, site: Site, other_site: Site, requirement: Requirement
) -> None:
    client.force_login(PersonFactory.create(role=Role.IG_LEAD, site=site))
    said = text_of(client.get(address("give")))
    assert "Rowan House" in said
    assert "Larch Lodge" not in said
    assert "Every site" not in said
    for sites, which in (([other_site.pk], "chosen"), ([site.pk, other_site.pk], "chosen")):
        answer = client.post(address("give"), form(requirement, sites=sites, which=which))
        assert answer.status_code == 400
    client.post(address("give"), form(requirement, sites=[site.pk], which="every"))
    assert list(InspectorAccess.objects.get().sites.all()) == [site]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Enter the inspector's name"),
        ({"name": "x\x00"}, "Null characters are not allowed."),
        ({"name": "x" * 121}, "120"),
        ({"email": ""}, "Enter the work e-mail address"),
        ({"email": "kim"}, "Enter an e-mail address, like name@cqc.org.uk"),
        ({"ends_on": "", "ends_at": "17:00"}, "Enter the last day"),
        ({"ends_on": "yesterday"}, "Enter a valid date."),
        ({"ends_on": "2020-01-01"}, "The end must be later than the start, and in the future"),
        ({"ends_on": "2199-01-01"}, "Access may last a year at most. Choose an earlier end"),
        ({"sites": []}, "Choose the sites the inspector may see"),
        ({"sites": ["x"]}, "is not a valid value"),
        ({"editions": []}, "Choose what the inspector may see evidence for"),
        ({"which": "none"}, "none is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_at_the_top(
    admin: Client, site: Site, requirement: Requirement, said: dict[str, object], sentence: str
) -> None:
    typed = form(requirement, **{"sites": [site.pk], **said})
    answer = admin.post(address("give"), typed)
    assert answer.status_code == 400
    assert text_of(answer).count(sentence) >= 2
    assert not InspectorAccess.objects.exists()


def test_the_page_of_an_access_tells_what_was_looked_at(
    access: InspectorAccess, admin: Client, enter: Enter, show_evidence: ShowEvidence
) -> None:
    version = show_evidence(approved=True, stored=True, title="Fire drill, May")
    browser = enter(access)
    browser.get(page("summary", access))
    browser.get(page("summary", access) + "?view=print")
    assert b"".join(browser.get(page("download", access, version.public_id)))
    said = text_of(admin.get(address("access", access)))
    for line in (
        "Inspector access given",
        "Code sent to an inspector",
        "Inspector signed in",
        "Inspector looked at the summary : First page",
        "Inspector looked at the summary : First page, to print",
        "Inspector downloaded a file : Fire drill, May, version 1",
    ):
        assert line in said
    assert "Kim Park (demo), Care Quality Commission. Entry" in said


def test_the_link_is_sent_by_the_worker(
    access: InspectorAccess, admin: Client, run_jobs: RunJobs
) -> None:
    answer = admin.post(address("send_link", access), follow=True)
    assert "The link is on its way to kim.park@cqc.example." in text_of(answer)
    run_jobs()
    assert page("open", access) in mail.outbox[0].body


def test_ending_an_access_names_what_follows_and_asks_first(
    access: InspectorAccess, admin: Client
) -> None:
    said = text_of(admin.get(address("end", access)))
    assert "End the access of Kim Park (demo)?" in said
    assert "A download that is running breaks off within 5 seconds." in said
    access.refresh_from_db()
    assert access.is_open()
    answer = admin.post(address("end", access), follow=True)
    assert "Kim Park (demo) has no access any more." in text_of(answer)
    assert "Ended early" in text_of(answer)
    assert "Send the link" not in text_of(answer)
    assert Client().get(page("open", access)).status_code == 404


def test_an_access_that_is_over_offers_nothing_to_end(
    access: InspectorAccess, admin: Client, ig_lead: User
) -> None:
    revoke_access(access, actor=ig_lead)
    said = text_of(admin.get(address("end", access)))
    assert "This access is over already" in said
    assert admin.post(address("send_link", access)).status_code in (302, 403)
    access.refresh_from_db()
    assert not access.link_waits


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 1234|add:4321 }}", "a" * 120])
def test_names_are_shown_as_they_were_typed(
    give_access: GiveAccess, admin: Client, text: str
) -> None:
    access = give_access(name=text)
    for name in ("access", "end"):
        content = admin.get(address(name, access)).content.decode()
        assert "<script>alert(1)" not in content
        assert "5555" not in content
    assert "<script>alert(1)" not in admin.get(address("index")).content.decode()


@pytest.mark.parametrize("public_id", ["nothing", "A" * 22, "A" * 500])
def test_an_access_that_is_not_there_is_not_found(admin: Client, public_id: str) -> None:
    for name in OF_ONE:
        url = reverse(f"inspectors:{name}", args=[public_id])
        assert admin.post(url).status_code in (404, 405)


def test_the_menu_offers_inspectors_to_those_who_may_give_access(
    admin: Client, client: Client
) -> None:
    assert address("index") in admin.get(reverse("wagtailadmin_home")).content.decode()
    editor = Client()
    editor.force_login(PersonFactory.create(role=Role.EDITOR))
    assert address("index") not in editor.get(reverse("wagtailadmin_home")).content.decode()
