"""Headers of every answer."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


def policy(client: Client, address: str) -> dict[str, str]:
    header = client.get(address)["Content-Security-Policy"]
    return dict(directive.strip().split(" ", 1) for directive in header.split(";"))


@pytest.mark.parametrize("address", ["/gallery/", "/help/", "/nothing/", "/not-permitted/"])
def test_outside_the_admin_nothing_inline_runs(signed_in: Client, address: str) -> None:
    rules = policy(signed_in, address)

    assert rules["default-src"] == "'none'"
    assert rules["object-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert "unsafe" not in str(rules)
    assert "http" not in str(rules)


def test_the_admin_may_use_its_own_inline_script_but_nothing_from_elsewhere(
    signed_in: Client,
) -> None:
    rules = policy(signed_in, "/admin/")

    assert rules["script-src"] == "'self' 'unsafe-inline'"
    assert rules["default-src"] == "'none'"
    assert rules["object-src"] == "'none'"
    assert "http" not in str(rules)


def test_a_page_that_only_starts_like_the_admin_is_not_relaxed(signed_in: Client) -> None:
    assert "unsafe-inline" not in str(policy(signed_in, "/administrator/"))


def test_pages_are_not_kept_by_the_browser_of_a_shared_tablet(signed_in: Client) -> None:
    assert signed_in.get("/gallery/")["Cache-Control"] == "no-store"


def test_what_the_browser_may_do_is_closed(client: Client) -> None:
    answer = client.get("/help/")

    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "same-origin"
