"""The one door: who gets in, how often they may try, what they are told."""

import logging
import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import PASSWORD, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

SIGN_IN = "/account/login/"
WRONG = "The e-mail address or the password is not right. Check both and try again."
TOO_OFTEN = "That was tried too many times."


@pytest.fixture
def door(settings: Settings) -> None:
    """Mount the door and little else."""
    settings.ROOT_URLCONF = "tests.portal.chrome.gallery"


@pytest.fixture
def priya() -> User:
    return PersonFactory.create(
        first_name="Priya", email="priya@demo.example", role=Role.CONTRIBUTOR
    )


def try_password(
    client: Client, password: str, email: str = "priya@demo.example", address: str = "192.0.2.1"
) -> str:
    """Try to sign in from a network address; return the page that comes back."""
    answer = client.post(
        SIGN_IN, {"login": email, "password": password}, follow=True, REMOTE_ADDR=address
    )
    return str(answer.content.decode())


def is_signed_in(client: Client) -> bool:
    return get_user(client).is_authenticated


def test_the_right_password_opens_the_start_page(client: Client, priya: User) -> None:
    answer = client.post(SIGN_IN, {"login": "Priya@Demo.example", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(
    client: Client, priya: User
) -> None:
    wrong = try_password(client, "not-it-at-all")
    unknown = try_password(client, PASSWORD, email="nobody@demo.example")

    assert WRONG in wrong
    assert WRONG in unknown
    assert not is_signed_in(client)


def test_a_switched_off_account_gets_the_same_words(client: Client, priya: User) -> None:
    priya.is_active = False
    priya.save(update_fields=["is_active"])

    assert WRONG in try_password(client, PASSWORD)
    assert not is_signed_in(client)


def test_an_account_that_is_switched_off_is_out_at_once(client: Client, priya: User) -> None:
    client.force_login(priya)
    assert is_signed_in(client)

    User.objects.filter(pk=priya.pk).update(is_active=False)

    assert not is_signed_in(client)


def test_someone_without_an_address_cannot_be_signed_in_with_an_empty_one(client: Client) -> None:
    PersonFactory.create(email=None)

    page = try_password(client, PASSWORD, email="")

    assert "Enter your e-mail address" in page
    assert not is_signed_in(client)


def test_empty_boxes_are_asked_for_in_our_words(client: Client) -> None:
    page = client.post(SIGN_IN, {"login": "", "password": ""}).content.decode()

    assert "There is a problem" in page
    assert page.count("Enter your e-mail address") == 2
    assert page.count("Enter your password") == 2


def test_what_is_no_address_is_said_to_be_none(client: Client) -> None:
    page = client.post(SIGN_IN, {"login": "priya", "password": "x"}).content.decode()

    assert "Enter an e-mail address like name@example.org" in page


def test_the_password_is_never_sent_back(client: Client, priya: User) -> None:
    assert "secret-typed-here" not in try_password(client, "secret-typed-here")


# --- Throttling ---------------------------------------------------------------------------------


def test_guessing_is_stopped_after_five_wrong_passwords(client: Client, priya: User) -> None:
    for _ in range(5):
        assert WRONG in try_password(client, "wrong")

    assert TOO_OFTEN in try_password(client, "wrong")
    assert TOO_OFTEN in try_password(client, PASSWORD)
    assert not is_signed_in(client)


def test_a_stranger_cannot_lock_somebody_out(client: Client, priya: User) -> None:
    for _ in range(8):
        try_password(client, "wrong", address="203.0.113.66")

    try_password(client, PASSWORD, address="192.0.2.1")

    assert is_signed_in(client)


def test_a_stranger_cannot_get_round_the_limit_with_another_spelling(
    client: Client, priya: User
) -> None:
    for email in ("priya@demo.example", "PRIYA@demo.example", " priya@demo.example "):
        try_password(client, "wrong", email=email)
        try_password(client, "wrong", email=email)

    assert TOO_OFTEN in try_password(client, "wrong")


def test_one_address_cannot_try_one_password_on_everybody(client: Client) -> None:
    for number in range(30):
        try_password(client, "wrong", email=f"person-{number}@demo.example")

    assert TOO_OFTEN in try_password(client, "wrong", email="person-31@demo.example")


def test_signing_in_rightly_does_not_count_as_a_failure(priya: User) -> None:
    for _ in range(8):
        client = Client()
        try_password(client, PASSWORD)
        assert is_signed_in(client)


def test_behind_a_proxy_the_callers_own_address_counts(
    client: Client, priya: User, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def attempt(password: str, forwarded: str) -> str:
        answer = client.post(
            SIGN_IN,
            {"login": priya.email, "password": password},
            headers={"X-Forwarded-For": forwarded},
        )
        return str(answer.content.decode())

    for _ in range(6):
        attempt("wrong", "203.0.113.66")
    assert TOO_OFTEN in attempt("wrong", "192.0.2.200, 203.0.113.66")  # a forged first part

    attempt(PASSWORD, "192.0.2.1")
    assert is_signed_in(client)


# --- Where to go, and the doors that are shut ------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/evidence/?site=3", "/evidence/?site=3"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_one_is_led_back_but_never_to_another_host(
    client: Client, priya: User, asked: str, led_to: str
) -> None:
    answer = client.post(SIGN_IN, {"login": priya.email, "password": PASSWORD, "next": asked})

    assert answer["Location"] == led_to


def test_somebody_signed_in_is_led_past_the_door(client: Client, priya: User) -> None:
    client.force_login(priya)

    assert client.get(SIGN_IN)["Location"] == "/"


@pytest.mark.parametrize(
    "closed", ["account_signup", "account_email", "account_inactive", "account_confirm_email"]
)
def test_pages_that_would_add_people_or_addresses_do_not_exist(closed: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(closed)


@pytest.mark.parametrize("path", ["/account/signup/", "/account/email/", "/account/inactive/"])
def test_their_addresses_answer_not_found(client: Client, priya: User, path: str) -> None:
    client.force_login(priya)

    assert client.get(path).status_code == 404


def test_signing_out_needs_a_click_and_ends_the_session(client: Client, priya: User) -> None:
    client.force_login(priya)

    assert "Do you want to sign out?" in client.get("/account/logout/").content.decode()
    assert is_signed_in(client)

    page = client.post("/account/logout/", follow=True).content.decode()
    assert "You have signed out." in page
    assert not is_signed_in(client)


# --- The security log ------------------------------------------------------------------------


def test_every_try_is_in_the_security_log_without_names_or_passwords(
    client: Client, priya: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="wellkept.security"):
        try_password(client, "wrong-one")
        try_password(client, "wrong-one", email="nobody@demo.example")
        try_password(client, PASSWORD)

    assert [record.getMessage() for record in caplog.records] == [
        f"sign-in refused person={priya.public_id} address=192.0.2.1",
        "sign-in refused person=unknown address=192.0.2.1",
        f"sign-in succeeded person={priya.public_id} address=192.0.2.1",
    ]


def test_throttled_tries_are_logged_as_such(
    client: Client, priya: User, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(6):
        try_password(client, "wrong")

    assert caplog.records[-1].getMessage().startswith("sign-in throttled person=")


def test_signing_in_leaves_the_sealed_record_alone(client: Client, priya: User) -> None:
    before = Event.objects.count()

    try_password(client, "wrong")
    try_password(client, PASSWORD)

    assert Event.objects.count() == before


# --- A new password --------------------------------------------------------------------------

NEW = "three-quiet-brown-teapots"


def link_in_mail() -> str:
    found = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert found
    return urlsplit(found[0]).path


def ask_for_link(client: Client, email: str) -> str:
    answer = client.post("/account/password/reset/", {"email": email}, follow=True)
    return str(answer.content.decode())


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    client: Client, priya: User
) -> None:
    assert "Check your e-mail" in ask_for_link(client, "priya@demo.example")
    link = link_in_mail()

    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW}, follow=True
    ).content.decode()

    assert "Your password is changed" in done
    try_password(client, NEW)
    assert is_signed_in(client)
    assert "This link does not work any more" in Client().get(link).content.decode()


def test_strangers_do_not_learn_who_has_an_account(client: Client, priya: User) -> None:
    known = ask_for_link(client, "priya@demo.example")
    unknown = ask_for_link(Client(), "nobody@demo.example")

    assert re.sub(r'value="[^"]+"', "", known) == re.sub(r'value="[^"]+"', "", unknown)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_gives_nothing_away(
    client: Client, priya: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert "Check your e-mail" in ask_for_link(client, "priya@demo.example")
    assert "mail not sent" in caplog.text


def test_the_mail_says_who_it_is_from_and_what_to_do(client: Client, priya: User) -> None:
    ask_for_link(client, "priya@demo.example")

    assert mail.outbox[0].subject == "Set a new password for Wellkept"
    assert "If it was not you" in str(mail.outbox[0].body)
    assert mail.outbox[0].to == ["priya@demo.example"]


def test_a_switched_off_account_gets_no_link(client: Client, priya: User) -> None:
    User.objects.filter(pk=priya.pk).update(is_active=False)

    ask_for_link(client, "priya@demo.example")

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("priya@demo.example", "too similar"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    client: Client, priya: User, password: str, said: str
) -> None:
    client.force_login(priya)

    page = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    ).content.decode()

    assert said in page


def test_changing_the_password_ends_other_sessions_and_tells_the_person(priya: User) -> None:
    here, elsewhere = Client(), Client()
    here.force_login(priya)
    elsewhere.force_login(priya)

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert mail.outbox[-1].subject == "Your password for Wellkept was changed"
    assert mail.outbox[-1].to == ["priya@demo.example"]


def test_the_old_password_is_asked_for(client: Client, priya: User) -> None:
    client.force_login(priya)

    page = client.post(
        "/account/password/change/",
        {"oldpassword": "not it", "password1": NEW, "password2": NEW},
    ).content.decode()

    assert "That is not your password now. Try again." in page


def test_an_old_address_opens_nothing_after_it_was_changed(client: Client, priya: User) -> None:
    ask_for_link(client, "priya@demo.example")
    client.get(link_in_mail(), follow=True)
    priya.email = "priya.nair@demo.example"
    priya.save(update_fields=["email"])
    mail.outbox.clear()

    assert WRONG in try_password(client, PASSWORD, email="priya@demo.example")
    ask_for_link(client, "priya@demo.example")
    assert mail.outbox == []
    assert not EmailAddress.objects.exists()


# --- The password again ----------------------------------------------------------------------


def test_the_password_again_is_checked_and_counted(client: Client, priya: User) -> None:
    client.force_login(priya)

    wrong = client.post("/account/reauthenticate/", {"password": "no"}).content.decode()
    right = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/gallery/"})

    assert "That is not your password. Try again." in wrong
    assert right["Location"] == "/gallery/"
