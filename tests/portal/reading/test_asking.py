"""Asking the owner of a policy, the poster, and a person's own page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertRedirects

from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.reading.actions.ask_owner import NobodyToAsk, ask_owner
from portal.reading.models import PolicyQuestion
from portal.reading.question_mail import send_question
from tests.factories import PersonFactory
from tests.portal.reading.readers import asking, confirms, in_force

pytestmark = pytest.mark.django_db
PATH = "/policies/keeping-information-safe/"


@pytest.fixture
def policy() -> PolicyPage:
    return asking()


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(
        PersonFactory.create(role=Role.STAFF, first_name="Priya", email="priya@demo.example")
    )
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_question_reaches_the_owner_by_mail(
    browser: Client, policy: PolicyPage, run_jobs: Callable[[], Any]
) -> None:
    answer = browser.post(f"{PATH}ask/", {"question": "What is a <breach>?"})

    assertRedirects(answer, PATH)
    run_jobs()
    (sent,) = [one for one in mail.outbox if one.subject.startswith("A question")]
    assert sent.to == [policy.policy_owner.email]
    assert sent.reply_to == ["priya@demo.example"]
    assert "What is a <breach>?" in sent.body
    assert policy.title in sent.subject
    mail.outbox.clear()
    send_question(PolicyQuestion.objects.get().pk)
    assert mail.outbox == []


def test_a_subject_stays_one_line_whatever_the_title(policy: PolicyPage) -> None:
    PolicyPage.objects.update(title="One\nBcc: x@demo.example")
    question = ask_owner(in_force(policy), "Why?", actor=PersonFactory.create(role=Role.STAFF))

    send_question(question.pk)

    assert "\n" not in mail.outbox[0].subject


@pytest.mark.parametrize("sent", ["", "   ", "x" * 1001, "\x00"])
def test_an_empty_or_endless_question_is_not_sent(
    browser: Client, policy: PolicyPage, sent: str
) -> None:
    answer = browser.post(f"{PATH}ask/", {"question": sent})

    assert answer.status_code == 400
    assert not PolicyQuestion.objects.exists()


def test_whoever_cannot_reach_the_owner_is_told_whom_to_ask(
    browser: Client, policy: PolicyPage
) -> None:
    owner = policy.policy_owner
    owner.email = None
    owner.save(update_fields=("email",))

    page = text(browser.get(f"{PATH}ask/"))

    assert "no e-mail reaches them" in page
    assert "<textarea" not in page
    with pytest.raises(NobodyToAsk, match="in person"):
        ask_owner(in_force(policy), "Why?", actor=PersonFactory.create(role=Role.STAFF))


def test_the_poster_holds_the_address_as_words_and_as_a_picture(
    client: Client, policy: PolicyPage, settings: Settings
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example/"
    client.force_login(PersonFactory.create(role=Role.REGISTERED_MANAGER))

    page = text(client.get(f"{PATH}poster/"))

    assert f"https://portal.example{PATH}" in page
    assert '<svg viewBox="' in page
    assert "style=" not in page
    client.force_login(PersonFactory.create(role=Role.STAFF))
    assert client.get(f"{PATH}poster/").status_code == 403


def test_my_reading_shows_what_is_to_read_and_what_was_confirmed(browser: Client) -> None:
    read, unread = asking("Read this"), asking("Not yet")
    reader = PersonFactory.create(role=Role.STAFF)
    browser.force_login(reader)
    confirms(reader, read)

    page = text(browser.get("/policies/mine/"))

    to_read, _, confirmed = page.partition('id="read"')
    assert unread.title in to_read
    assert read.title not in to_read
    assert "/policies/read-this/versions/1/" in confirmed
    assert "Signed in." in confirmed


def test_the_list_says_of_each_policy_how_one_stands_with_it(browser: Client) -> None:
    read = asking("Read this")
    asking("Not yet")
    reader = PersonFactory.create(role=Role.STAFF)
    browser.force_login(reader)
    confirms(reader, read)

    page = text(browser.get("/policies/"))

    assert "You have read this" in page.partition("Read this")[2].partition("</li>")[0]
    assert "To read" in page.partition("Not yet")[2].partition("</li>")[0]
