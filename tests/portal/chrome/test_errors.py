"""What people read when something is refused, missing or broken."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from portal.chrome.errors import bad_request, csrf_failure, server_error

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


def test_a_refusal_shows_its_reason(signed_in: Client) -> None:
    answer = signed_in.get("/not-permitted/")

    assert answer.status_code == 403
    assert "You uploaded this, so someone else must approve it." in answer.content.decode()


def test_a_conflict_keeps_its_own_status(signed_in: Client) -> None:
    answer = signed_in.get("/conflict/")

    assert answer.status_code == 409
    assert "Something changed in the meantime" in answer.content.decode()
    assert "Grace was a moment quicker." in answer.content.decode()


def test_a_denied_permission_shows_its_sentence(signed_in: Client) -> None:
    answer = signed_in.get("/denied/")

    assert answer.status_code == 403
    assert "Ask your IG lead." in answer.content.decode()


def test_a_missing_page_says_so_with_status_404(signed_in: Client) -> None:
    answer = signed_in.get("/nothing/here/")

    assert answer.status_code == 404
    assert "We cannot find that page" in answer.content.decode()
    assert "nothing/here" not in answer.content.decode()


def test_a_missing_page_shows_the_sentence_of_the_view(signed_in: Client) -> None:
    assert "This policy was withdrawn." in signed_in.get("/missing/").content.decode()


def test_a_crash_says_nothing_of_its_cause(signed_in: Client) -> None:
    signed_in.raise_request_exception = False

    answer = signed_in.get("/broken/")

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


@pytest.mark.parametrize(("page", "status"), [(server_error, 500), (bad_request, 400)])
def test_pages_about_a_broken_portal_ask_no_database(
    rf: RequestFactory, page, status: int, django_assert_num_queries
) -> None:
    arguments = [rf.get("/")] + ([ValueError("x")] if status == 400 else [])

    with django_assert_num_queries(0, connection=connection):
        answer = page(*arguments)

    assert answer.status_code == status


def test_a_form_that_was_open_too_long_is_explained(contributor, settings) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(contributor)
    settings.CSRF_FAILURE_VIEW = f"{csrf_failure.__module__}.{csrf_failure.__name__}"

    answer = strict.post("/gallery/", {"title": "x"})

    assert answer.status_code == 403
    assert "Please send the form again" in answer.content.decode()
