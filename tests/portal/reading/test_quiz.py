"""The questions that follow a policy."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django.asserts import assertRedirects

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.changes import Change
from portal.policies.models import PolicyPage
from portal.reading.models import Acknowledgement, QuizTry
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.factories import PersonFactory
from tests.portal.policies.making import QUIZ
from tests.portal.reading.readers import asking, changed, in_force

pytestmark = pytest.mark.django_db
PATH = "/policies/keeping-information-safe/"
QUESTIONS = f"{PATH}questions/"
WRONG, RIGHT = ("0", "0"), ("1", "0")
WHY = "We may have only 72 hours to report it."


@pytest.fixture
def policy() -> PolicyPage:
    return asking(quiz=QUIZ, pass_mark=80)


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(PersonFactory.create(role=Role.STAFF))
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def send(browser: Client, page: PolicyPage, chosen: tuple[str, str], **fields: Any) -> Any:
    answers = {f"question_{number}": one for number, one in enumerate(chosen, start=1)}
    return browser.post(QUESTIONS, {"version": in_force(page).pk} | answers | fields)


def test_a_policy_with_questions_asks_them_before_anything_is_confirmed(
    browser: Client, policy: PolicyPage
) -> None:
    page = text(browser.get(PATH))
    assert "Answer the questions" in page
    assert "Confirm I have read version 1" not in page

    answer = browser.post(f"{PATH}confirm/", {"version": in_force(policy).pk, "read": "on"})

    assertRedirects(answer, QUESTIONS)
    assert not Acknowledgement.objects.exists()


def test_nothing_of_the_right_answers_is_in_the_page_before_somebody_answered(
    browser: Client, policy: PolicyPage
) -> None:
    page = text(browser.get(QUESTIONS))

    assert "Whom do you tell about a mistake?" in page
    assert WHY not in page
    assert "checked" not in page
    assert "is_right" not in page


def test_whoever_does_not_pass_is_told_what_was_wrong_and_tries_again(
    browser: Client, policy: PolicyPage
) -> None:
    assertRedirects(send(browser, policy, WRONG), f"{QUESTIONS}#result")

    page = text(browser.get(QUESTIONS))
    assert "You had 50% right. You need 80%" in page
    assert "You answered: Nobody" in page
    assert WHY in page
    assert "Try again" in page
    send(browser, policy, RIGHT)
    page = text(browser.get(QUESTIONS))
    assert "You passed with 100%" in page
    assert "Now confirm that you read it" in page
    assert "Confirm I have read version 1" in text(browser.get(PATH))
    tries = QuizTry.objects.order_by("pk").values_list("score", "needed")
    assert list(tries) == [(50, 80), (100, 80)]
    assert Event.objects.filter(verb=Verb.POLICY_QUIZ_TRIED).count() == 2


def test_whoever_leaves_a_question_out_is_told_which(browser: Client, policy: PolicyPage) -> None:
    answer = send(browser, policy, ("1", ""))

    assert answer.status_code == 400
    assert "Choose an answer to question 2" in text(answer)
    assert not QuizTry.objects.exists()


@pytest.mark.parametrize("sent", ["2", "-1", "x", "\x00", "9" * 40, "0.0", "²"])
def test_an_answer_that_was_not_offered_is_refused(
    browser: Client, policy: PolicyPage, sent: str
) -> None:
    assert send(browser, policy, (sent, "0")).status_code == 400
    assert not QuizTry.objects.exists()


def test_questions_of_a_replaced_version_give_a_clear_page(
    browser: Client, policy: PolicyPage
) -> None:
    seen = in_force(policy).pk
    changed(policy, change=Change.MINOR, change_note="A word.", title="Keeping information safer")

    answer = send(browser, policy, RIGHT, version=seen)

    assert answer.status_code == 409
    assert "Version 2 of this policy was published while you were answering" in text(answer)
    assert not QuizTry.objects.exists()


def test_a_pass_stands_through_minor_changes_and_falls_with_a_major_one(
    browser: Client, policy: PolicyPage
) -> None:
    send(browser, policy, RIGHT)
    policy = changed(policy, change=Change.MINOR, change_note="A word.", summary="Other words.")
    assert "Confirm I have read version 2" in text(browser.get(PATH))

    changed(policy, change=Change.MAJOR, summary="Quite other words.")

    assert "Answer the questions" in text(browser.get(PATH))


def test_a_policy_without_questions_has_no_such_page(browser: Client) -> None:
    asking()

    assert browser.get(QUESTIONS).status_code == 404


def test_the_database_changes_and_deletes_no_try(browser: Client, policy: PolicyPage) -> None:
    send(browser, policy, WRONG)

    for statement in ("UPDATE reading_quiztry SET score = 100", "DELETE FROM reading_quiztry"):
        with (
            pytest.raises(DatabaseError, match="refused: "),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_tries_are_shown_to_whoever_made_them(browser: Client, policy: PolicyPage) -> None:
    send(browser, policy, WRONG)
    assert "50% right on" in text(browser.get("/policies/mine/"))
    other = Client()
    somebody: User = PersonFactory.create(role=Role.STAFF)
    other.force_login(somebody)

    assert "50% right on" not in text(other.get("/policies/mine/"))
