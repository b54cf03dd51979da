"""Over to the next edition and back: whatever anybody wrote is still there to be read."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_review.assessments.actions.roll_over import roll_over
from evidence_review.assessments.carrying import carried_answer
from evidence_review.assessments.models import AnswerEvidence, Assessment, Response
from evidence_review.assessments.queries.rolling_over import moves_of
from portal.frameworks.models import Edition, Requirement
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.made_up import editions
from tests.factories import AssessmentFactory, EvidenceFactory, PersonFactory

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
ANSWERS = st.fixed_dictionaries(
    {
        "tick": st.sampled_from([None, True, False]),
        "text": st.one_of(st.just(""), WORDS),
        "kept_where": st.one_of(st.just(""), WORDS),
        "link": st.sampled_from(["", "https://demo.example/a", "https://demo.example/b"]),
        "document_date": st.sampled_from([None, date(2026, 3, 1), date(2025, 12, 31)]),
        "not_applicable": st.booleans(),
        "reason_not_applicable": st.one_of(st.just(""), WORDS),
        "comment": st.one_of(st.just(""), WORDS),
    }
)
TEXTS = ("text", "kept_where", "link", "reason_not_applicable", "comment")
SEVERAL = st.lists(ANSWERS, min_size=1, max_size=4)


def texts_of(responses: Iterable[Response]) -> Iterator[str]:
    """Give every text somebody wrote, without spaces around it."""
    for response in responses:
        for name in TEXTS:
            if words := getattr(response, name).strip():
                yield words


def a_response(number: int, **answer: object) -> Response:
    requirement = Requirement(ref=f"1.{number}", title=f"Question {number}")
    return Response(requirement=requirement, **answer)


@given(SEVERAL, st.booleans())
def test_joining_loses_no_text(answers: list[dict[str, object]], na_allowed: bool) -> None:
    sources = [a_response(number, **answer) for number, answer in enumerate(answers)]

    carried = carried_answer(sources, Requirement(na_allowed=na_allowed))

    everything = "\n".join(texts_of([Response(**vars(carried))]))
    missing = [words for words in texts_of(sources) if words not in everything]
    assert missing == []


@given(SEVERAL, st.booleans())
def test_joining_never_says_more_than_all_of_them_said(
    answers: list[dict[str, object]], na_allowed: bool
) -> None:
    sources = [a_response(number, **answer) for number, answer in enumerate(answers)]

    carried = carried_answer(sources, Requirement(na_allowed=na_allowed))

    ticks = {source.tick for source in sources} - {None}
    assert carried.tick is None or ticks == {carried.tick}
    assert not carried.not_applicable or na_allowed


@pytest.fixture(scope="module")
def made_up(django_db_setup: None, django_db_blocker: object) -> Iterator[list[Edition]]:
    """Load the editions once; each example is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]  # pytest-django's
        yield editions()
        transaction.set_rollback(True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=st.lists(ANSWERS, min_size=6, max_size=6), rests=st.lists(st.booleans(), min_size=6))
def test_there_and_back_loses_no_text_and_no_evidence(
    made_up: list[Edition], answers: list[dict[str, object]], rests: list[bool]
) -> None:
    first, second, third = made_up
    with transaction.atomic():
        lead = PersonFactory.create(role=Role.IG_LEAD)
        begun = _begun(first, answers, rests, lead)

        there = roll_over(begun, second, actor=lead)
        back = roll_over(there, third, actor=lead)

        kept = [*back.responses.all(), *moves_of(begun, second).gone, *moves_of(there, third).gone]
        everything = "\n".join(texts_of(kept))
        files = AnswerEvidence.objects.filter(response__in=kept).values_list("evidence", flat=True)
        of_the_first = AnswerEvidence.objects.filter(response__assessment=begun)
        missing = [words for words in texts_of(begun.responses.all()) if words not in everything]
        assert missing == []
        assert set(of_the_first.values_list("evidence", flat=True)) <= set(files)
        assert not back.responses.filter(confirmed_at__isnull=False).exists()
        transaction.set_rollback(True)


def _begun(
    edition: Edition, answers: list[dict[str, object]], rests: list[bool], lead: User
) -> Assessment:
    assessment: Assessment = AssessmentFactory.create(edition=edition, started_by=lead)
    for response, answer, rest in zip(assessment.responses.all(), answers, rests, strict=False):
        Response.objects.filter(pk=response.pk).update(**answer)
        if rest:
            evidence = EvidenceFactory.create(site=assessment.site)
            AnswerEvidence.objects.create(response=response, evidence=evidence, added_by=lead)
    return assessment
