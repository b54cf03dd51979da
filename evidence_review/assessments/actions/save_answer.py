"""Save an answer, and confirm it when the person says so. Nobody overwrites anybody."""

from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.actions.locking import lock_response
from evidence_review.assessments.actions.restate import restate, retally
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.models import Response
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.assessments.states import Standing
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

_KEPT_WITH_IT = (
    "revision",
    "answered_by",
    "answered_at",
    "confirmed_by",
    "confirmed_at",
    "standing",
    "good_until",
)


class AnswerChangedMeanwhile(Refused):
    """This answer was saved after the person began; ``current`` is what was saved."""

    status = 409

    def __init__(self, current: Response, actor: User) -> None:
        self.current = current
        who = current.answered_by.actor_label if current.answered_by else "Somebody"
        happened = f"{who}, changed this answer while you were writing."
        if current.answered_by == actor:
            happened = "You saved another answer yourself, perhaps in another window."
        super().__init__(f"{happened} Nothing is lost: compare both, then save the one you want.")


class NeedsAnAnswer(Refused):
    """The question does not allow "not applicable" for an answer."""

    status = 422


@transaction.atomic
def save_answer(
    response: Response, answer: Answer, *, revision: int, confirm: bool, actor: User
) -> Response:
    """Save an answer that was begun at ``revision``; with ``confirm`` say that it is right.

    A change that is not confirmed takes an earlier confirmation away. What is not answered yet is
    saved and not confirmed. Changing nothing, or confirming twice on one day, writes nothing.

    Raises:
        NotPermitted: the actor may not answer here.
        AnswerChangedMeanwhile: somebody else saved another answer since that revision.
        NeedsAnAnswer: "not applicable" where the question does not allow it.
    """
    response = lock_response(response)
    require(user_can_answer(actor, response.assessment))
    if answer.not_applicable and not response.requirement.na_allowed:
        raise NeedsAnAnswer("This question needs an answer. It cannot be marked not applicable.")
    changed = answer.changed_from(Answer.of(response))
    if changed and revision != response.revision:
        raise AnswerChangedMeanwhile(response, actor)
    evidence_count = response.answer_evidence.count()
    confirm = confirm and answer.is_given(response.requirement, evidence_count=evidence_count)
    if not changed and not (confirm and _is_worth_confirming(response)):
        return response
    _write(response, answer, changed, confirm=confirm, actor=actor)
    return response


def _is_worth_confirming(response: Response) -> bool:
    confirmed = response.confirmed_at
    return confirmed is None or timezone.localdate(confirmed) < timezone.localdate()


def _write(
    response: Response, answer: Answer, changed: list[str], *, confirm: bool, actor: User
) -> None:
    now, before = timezone.now(), response.standing
    for name in changed:
        setattr(response, name, getattr(answer, name))
    if changed or response.answered_at is None:
        response.answered_by, response.answered_at = actor, now
    response.revision += bool(changed)
    response.confirmed_by, response.confirmed_at = (actor, now) if confirm else (None, None)
    response._history_user = actor
    if lowered := before == Standing.COMPLETE and not confirm:
        # The database knows no complete answer without a confirmation, not for a moment.
        response.standing, response.good_until = Standing.IN_PROGRESS, None
    response.save(update_fields=[*changed, *_KEPT_WITH_IT])
    restate([response.pk])
    if lowered:
        retally([response.assessment_id])
    response.refresh_from_db(fields=("standing", "good_until"))
    record(
        Verb.RESPONSE_CONFIRMED if confirm else Verb.RESPONSE_SAVED,
        response.record_ref,
        actor=actor,
        before=before,
        after=response.standing,
        facts={"requirement": response.requirement.code, "fields": ",".join(changed)},
        detail={"for": response.assessment.owner_name},
    )
