"""Two people saving at the same moment: neither overwrites the other, nobody waits for good."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from evidence_review.assessments.actions.link_evidence import link_answer_evidence
from evidence_review.assessments.actions.save_answer import AnswerChangedMeanwhile, save_answer
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.models import Response
from evidence_review.review.actions.approve import approve
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.answering.house import House
from tests.evidence_review.scanning import doubles
from tests.factories import PersonFactory, VersionFactory, answered

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do things in threads that start together; return each result, or the conflict."""
    together = Barrier(len(deeds))

    def attempt(deed: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=10)
            return deed()
        except AnswerChangedMeanwhile as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(attempt, deed) for deed in deeds]]


def saving(response: Response, text: str, actor: User) -> Callable[[], Response]:
    def save() -> Response:
        return save_answer(response, Answer(text=text), revision=0, confirm=True, actor=actor)

    return save


def test_of_two_who_save_at_once_one_is_kept_and_the_other_is_shown_it(house: House) -> None:
    response = house.response("1.2")
    results = at_once(
        saving(response, "Priya’s words.", house.priya), saving(response, "Tom’s words.", house.tom)
    )
    (kept,) = [one for one in results if isinstance(one, Response)]
    (conflict,) = [one for one in results if isinstance(one, AnswerChangedMeanwhile)]
    assert conflict.current.text == kept.text == house.response("1.2").text
    assert house.response("1.2").revision == 1


def test_an_approval_and_a_save_at_once_are_both_counted(house: House, settings: Settings) -> None:
    settings.SCANNER = doubles.CLEAN
    version = VersionFactory(evidence__site=house.site)
    with transaction.atomic():
        response = answered(house.response("1.2"), by=house.priya, evidence=[version.evidence])
    lead = PersonFactory(role=Role.IG_LEAD)

    def approving() -> object:
        return approve(version.public_id, actor=lead, sha256_seen=version.sha256)

    def confirming() -> object:
        words = Answer(text="Page 3.", tick=True)
        return save_answer(response, words, revision=1, confirm=True, actor=house.priya)

    def linking() -> object:
        return link_answer_evidence(house.response("1.3"), version.evidence, actor=house.tom)

    at_once(approving, confirming, linking)
    assert house.response("1.2").standing == "complete"
    assert not list(standing_follows_from_the_evidence())
