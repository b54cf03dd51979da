"""Two deeds at the same moment: nothing is published that nobody has seen, and nothing twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from evidence_review.assessments.actions.publish import (
    AlreadyPublished,
    ChangedSinceShown,
    publish_assessment,
)
from evidence_review.assessments.actions.roll_over import AlreadyThere, roll_over
from evidence_review.assessments.actions.save_answer import save_answer
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.frozen import sha256_of
from evidence_review.assessments.invariants import (
    publications_are_as_published,
    standing_follows_from_the_evidence,
)
from evidence_review.assessments.models import Assessment, Publication, Response
from evidence_review.assessments.queries.publishing import draft_of
from portal.people.roles import Role
from portal.refused import Refused
from tests.evidence_review.assessments.made_up import editions
from tests.evidence_review.assessments.publishable import lead_of, ready
from tests.factories import AssessmentFactory, PersonFactory, answered

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> Sequence[Any]:
    """Do things in threads that start together; return what each returned or was refused with."""
    together = Barrier(len(deeds))

    def attempt(deed: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=10)
            return deed()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(attempt, deed) for deed in deeds]]


def ready_for_all() -> Assessment:
    """Return an assessment that can be published, for every thread to see."""
    with transaction.atomic():
        return ready()


def test_two_people_publishing_at_once_publish_once() -> None:
    assessment = ready_for_all()
    seen = draft_of(assessment).seen
    grace, tom = lead_of(assessment), lead_of(assessment)

    results = at_once(
        lambda: publish_assessment(assessment, seen=seen, actor=grace),
        lambda: publish_assessment(assessment, seen=seen, actor=tom),
    )

    assert sorted(type(result).__name__ for result in results) == [
        AlreadyPublished.__name__,
        Publication.__name__,
    ]
    assert list(publications_are_as_published()) == []


def test_an_answer_saved_at_the_same_moment_is_never_published_unseen() -> None:
    assessment = ready_for_all()
    draft, lead = draft_of(assessment), lead_of(assessment)
    response = assessment.responses.get(requirement__ref="1.1.3")

    published, saved = at_once(
        lambda: publish_assessment(assessment, seen=draft.seen, actor=lead),
        lambda: save_answer(
            response, Answer(text="Written now."), revision=0, confirm=True, actor=lead
        ),
    )

    assert isinstance(saved, Response)
    if isinstance(published, Publication):
        assert published.answers_sha256 == sha256_of(draft.answers)
    else:
        assert isinstance(published, ChangedSinceShown)
        assert not Publication.objects.exists()
    assert list(publications_are_as_published()) == []
    assert list(standing_follows_from_the_evidence()) == []


def test_two_people_carrying_over_at_once_carry_once() -> None:
    first, second, _ = editions()
    with transaction.atomic():
        old = AssessmentFactory.create(edition=first)
        answered(old.responses.get(requirement__ref="1.1"))
    grace, tom = (PersonFactory.create(role=Role.IG_LEAD) for _ in range(2))

    results = at_once(
        lambda: roll_over(old, second, actor=grace), lambda: roll_over(old, second, actor=tom)
    )

    assert sorted(type(result).__name__ for result in results) == [
        AlreadyThere.__name__,
        Assessment.__name__,
    ]
    assert Response.objects.filter(assessment__edition=second).count() == 6
    assert list(standing_follows_from_the_evidence()) == []
