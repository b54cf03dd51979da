"""Base templates: what stands around every page, for whom."""

import pytest
from django.test import Client

from portal.people.roles import Role
from tests.factories import OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


def test_a_contributor_sees_the_menu_without_the_admin(signed_in: Client) -> None:
    page = signed_in.get("/gallery/").content.decode()

    assert '<a href="/policies/">Policies</a>' in page
    assert '<a href="/evidence/">Evidence</a>' in page
    assert ">Admin</a>" not in page


def test_staff_who_have_no_evidence_do_not_see_it_in_the_menu(client: Client) -> None:
    client.force_login(PersonFactory.create(role=Role.STAFF))

    page = client.get("/gallery/").content.decode()

    assert ">Policies</a>" in page
    assert ">Evidence</a>" not in page


@pytest.mark.parametrize("role", [Role.IG_LEAD, Role.EDITOR, Role.PORTAL_ADMIN])
def test_those_with_the_admin_find_it_in_the_menu(client: Client, role: Role) -> None:
    client.force_login(PersonFactory.create(role=role))

    assert '<a href="/admin/">Admin</a>' in client.get("/gallery/").content.decode()


def test_the_menu_marks_the_page_one_is_on(signed_in: Client) -> None:
    assert '<a href="/" aria-current' not in signed_in.get("/gallery/").content.decode()
    assert 'href="/help/"' in signed_in.get("/help/").content.decode()


def test_signing_out_is_a_post_with_protection(signed_in: Client) -> None:
    page = signed_in.get("/gallery/").content.decode()

    assert '<form method="post" action="/account/logout/">' in page
    assert "csrfmiddlewaretoken" in page


def test_the_page_names_person_job_and_organisation(signed_in: Client) -> None:
    OrganisationFactory(name="Rowan Care Ltd (demo)")

    page = signed_in.get("/gallery/").content.decode()

    assert "<strong>Priya Nair (demo)</strong>Senior carer" in page  # no account page here
    assert "<p>Rowan Care Ltd (demo)</p>" in page


def test_an_inspector_sees_no_menu_and_search_engines_stay_away(client: Client) -> None:
    page = client.get("/inspector/").content.decode()

    assert "<nav" not in page
    assert "CQC inspector (demo)" in page
    assert 'action="/leave/"' in page
    assert '<meta name="robots" content="noindex, nofollow">' in page


def test_no_page_carries_inline_style_or_script(signed_in: Client) -> None:
    for address in ("/gallery/", "/inspector/", "/help/", "/account/login/"):
        page = signed_in.get(address, follow=True).content.decode()
        assert " style=" not in page
        assert "<script" not in page
        assert " onclick" not in page


def test_messages_are_shown_by_their_kind(signed_in: Client) -> None:
    page = signed_in.get("/said/").content.decode()

    assert page.count('role="status"') == 2
    assert page.count('role="alert"') == 2
    assert "wk-panel--done" in page
    assert "wk-panel--stop" in page


@pytest.mark.parametrize("address", ["/help/", "/accessibility/", "/privacy/"])
def test_anyone_may_read_the_pages_in_the_footer(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


def test_the_privacy_page_names_the_registration(client: Client) -> None:
    OrganisationFactory(name="Rowan Care Ltd (demo)", ico_number="ZA123456")

    assert "ZA123456" in client.get("/privacy/").content.decode()


def test_the_help_page_names_whom_to_ask(client: Client, settings) -> None:
    settings.PORTAL_HELP_CONTACT = "Sam Patel (demo) on 01234 567890"

    assert "Ask Sam Patel (demo) on 01234 567890." in client.get("/help/").content.decode()


def test_a_page_costs_at_most_four_questions_to_the_database(
    signed_in: Client, django_assert_max_num_queries
) -> None:
    signed_in.get("/gallery/")

    with django_assert_max_num_queries(4):  # session, person, roles, organisation
        signed_in.get("/gallery/")
