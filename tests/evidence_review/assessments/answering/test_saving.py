"""Saving an answer: what is written, what it means, and who may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.save_answer import (
    AnswerChangedMeanwhile,
    NeedsAnAnswer,
    save_answer,
)
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Tally
from portal.frameworks.states import AnswerKind
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    answered,
)

pytestmark = pytest.mark.django_db
WORDS = Answer(text="Data protection policy, version 4, page 3, approved 2 November 2026.")


@pytest.fixture
def assessment() -> Assessment:
    RequirementFactory(levels=["met"], answer_kind=AnswerKind.TEXT)
    return AssessmentFactory()


@pytest.fixture
def response(assessment: Assessment) -> Response:
    return assessment.responses.get()


@pytest.fixture
def priya(assessment: Assessment) -> User:
    return PersonFactory(first_name="Priya", role=Role.CONTRIBUTOR, site=assessment.site)


def complete_in_the_tally(assessment: Assessment) -> int:
    assessment.refresh_from_db()
    return Tally.from_json(assessment.tally).total.complete


def test_a_confirmed_answer_is_complete_and_says_who_and_when(
    response: Response, priya: User
) -> None:
    saved = save_answer(response, WORDS, revision=0, confirm=True, actor=priya)
    assert saved.standing == Standing.COMPLETE
    assert (saved.answered_by, saved.confirmed_by, saved.revision) == (priya, priya, 1)
    assert complete_in_the_tally(response.assessment) == 1
    event = Event.objects.latest("seq")
    assert event.verb == Verb.RESPONSE_CONFIRMED
    assert (event.before, event.after) == (Standing.NOT_STARTED, Standing.COMPLETE)
    assert saved.history.count() == 1


def test_what_is_saved_for_later_is_in_progress(response: Response, priya: User) -> None:
    saved = save_answer(response, WORDS, revision=0, confirm=False, actor=priya)
    assert saved.standing == Standing.IN_PROGRESS
    assert saved.confirmed_at is None
    assert Event.objects.latest("seq").verb == Verb.RESPONSE_SAVED


def test_a_change_that_is_not_confirmed_takes_the_confirmation_away(
    response: Response, priya: User
) -> None:
    save_answer(response, WORDS, revision=0, confirm=True, actor=priya)
    other = replace(WORDS, text="Something else that is longer.")
    saved = save_answer(response, other, revision=1, confirm=False, actor=priya)
    assert saved.standing == Standing.IN_PROGRESS
    assert complete_in_the_tally(response.assessment) == 0
    assert not list(standing_follows_from_the_evidence())


def test_taking_everything_out_again_is_not_started(response: Response, priya: User) -> None:
    save_answer(response, WORDS, revision=0, confirm=True, actor=priya)
    saved = save_answer(response, Answer(), revision=1, confirm=True, actor=priya)
    assert saved.standing == Standing.NOT_STARTED
    assert saved.confirmed_at is None
    assert not list(standing_follows_from_the_evidence())


def test_nothing_is_confirmed_that_is_not_answered(response: Response, priya: User) -> None:
    saved = save_answer(response, Answer(comment="Ask Tom."), revision=0, confirm=True, actor=priya)
    assert saved.confirmed_at is None
    assert saved.standing == Standing.NOT_STARTED


def test_saving_the_same_twice_writes_nothing(response: Response, priya: User) -> None:
    save_answer(response, WORDS, revision=0, confirm=True, actor=priya)
    events = Event.objects.count()
    for confirm in (True, False):
        save_answer(response, WORDS, revision=1, confirm=confirm, actor=priya)
    response.refresh_from_db()
    assert response.confirmed_at is not None
    assert (Event.objects.count(), response.revision) == (events, 1)


def test_an_answer_that_aged_is_fresh_again_when_it_is_confirmed_again(
    response: Response, priya: User
) -> None:
    response.requirement.freshness_months = 12
    response.requirement.save()
    save_answer(response, WORDS, revision=0, confirm=True, actor=priya)
    long_ago = timezone.now() - timedelta(days=500)
    Response.objects.update(confirmed_at=long_ago, good_until=timezone.localdate(long_ago))
    saved = save_answer(response, WORDS, revision=1, confirm=True, actor=priya)
    assert saved.good_until is not None
    assert saved.good_until > timezone.localdate() + timedelta(days=350)
    assert saved.revision == 1


def test_an_answer_rests_on_evidence_that_is_not_approved_and_stays_in_progress(
    response: Response, priya: User
) -> None:
    version = VersionFactory(evidence=EvidenceFactory(site=response.assessment.site))
    answered(response, evidence=[version.evidence], text="")
    saved = save_answer(response, WORDS, revision=1, confirm=True, actor=priya)
    assert saved.standing == Standing.IN_PROGRESS
    assert saved.confirmed_by == priya


def test_nobody_overwrites_what_somebody_else_saved_meanwhile(
    response: Response, priya: User, assessment: Assessment
) -> None:
    tom = PersonFactory(first_name="Tom", role=Role.REGISTERED_MANAGER, site=assessment.site)
    save_answer(response, WORDS, revision=0, confirm=True, actor=tom)
    mine = replace(WORDS, text="What I wrote.")
    with pytest.raises(AnswerChangedMeanwhile, match="Tom") as refusal:
        save_answer(response, mine, revision=0, confirm=True, actor=priya)
    assert refusal.value.current.text == WORDS.text
    response.refresh_from_db()
    assert (response.text, response.answered_by) == (WORDS.text, tom)


def test_whoever_wrote_in_two_windows_is_told_so(response: Response, priya: User) -> None:
    save_answer(response, WORDS, revision=0, confirm=False, actor=priya)
    mine = replace(WORDS, text="What I wrote.")
    with pytest.raises(AnswerChangedMeanwhile, match="You saved another answer yourself"):
        save_answer(response, mine, revision=0, confirm=True, actor=priya)


def test_the_same_words_by_two_people_are_no_conflict(
    response: Response, priya: User, assessment: Assessment
) -> None:
    tom = PersonFactory(role=Role.REGISTERED_MANAGER, site=assessment.site)
    save_answer(response, WORDS, revision=0, confirm=False, actor=tom)
    saved = save_answer(response, WORDS, revision=0, confirm=True, actor=priya)
    assert (saved.answered_by, saved.confirmed_by) == (tom, priya)


def test_not_applicable_only_where_the_question_allows_it(response: Response, priya: User) -> None:
    gone = Answer(not_applicable=True, reason_not_applicable="We have no computers here.")
    with pytest.raises(NeedsAnAnswer):
        save_answer(response, gone, revision=0, confirm=True, actor=priya)
    response.requirement.na_allowed = True
    response.requirement.save()
    saved = save_answer(response, gone, revision=0, confirm=True, actor=priya)
    assert saved.standing == Standing.COMPLETE


@pytest.mark.parametrize("role", [Role.GROUP_MANAGER, Role.STAFF, Role.EDITOR])
def test_who_only_reads_does_not_answer(response: Response, role: Role) -> None:
    with pytest.raises(NotPermitted):
        save_answer(response, WORDS, revision=0, confirm=True, actor=PersonFactory(role=role))


def test_nobody_answers_for_another_site(response: Response) -> None:
    elsewhere = PersonFactory(role=Role.CONTRIBUTOR, site=SiteFactory())
    with pytest.raises(NotPermitted):
        save_answer(response, WORDS, revision=0, confirm=False, actor=elsewhere)


def test_a_document_is_answered_by_where_it_is_kept(assessment: Assessment, priya: User) -> None:
    RequirementFactory(levels=["met"], freshness_months=12)
    other = AssessmentFactory(edition=assessment.edition, site=SiteFactory())
    response = other.responses.get(requirement__answer_kind=AnswerKind.DOCUMENT_OR_TEXT)
    lead = PersonFactory(role=Role.IG_LEAD)
    answer = Answer(kept_where="Office safe", document_date=date(2020, 1, 31))
    saved = save_answer(response, answer, revision=0, confirm=True, actor=lead)
    assert saved.good_until == date(2021, 1, 31)
