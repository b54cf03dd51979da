"""What a registered manager says of head office's answers: true here too, or different here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from evidence_review.assessments.models import Coverage, Response, SiteAnswer
from evidence_review.assessments.permissions import user_can_speak_for_site
from evidence_review.assessments.states import Holds
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

_SAID = ("holds", "difference", "revision", "said_by", "said_at")


class NoLongerCovered(Refused):
    """Head office stopped answering for the site."""

    status = 409


class AnswerChanged(Refused):
    """Head office changed the answer after the manager had read it."""

    status = 409


@dataclass(frozen=True)
class Confirmed:
    """What came of it: what is confirmed now, and what head office changed in between."""

    confirmed: list[Response]
    changed: list[Response]


@transaction.atomic
def confirm_for_site(coverage: Coverage, shown: Mapping[str, int], *, actor: User) -> Confirmed:
    """Say that answers hold at the site too, each as it was shown.

    ``shown`` maps the public id of an answer to the revision the manager read. What was changed or
    taken back since is not confirmed; what the manager had confirmed already is passed over.

    Raises:
        NotPermitted: the actor does not speak for the site.
        NoLongerCovered: head office does not answer for it any more.
    """
    coverage = _lock(coverage, actor)
    answers = _answers(coverage).filter(public_id__in=shown)
    as_read = [one for one in answers if _is_as_read(one, shown[one.public_id])]
    changed = [one for one in answers if not _is_as_read(one, shown[one.public_id])]
    new = _say(coverage, as_read, Holds.SAME, actor=actor)
    if new:
        record(
            Verb.SITE_ANSWER_CONFIRMED,
            coverage.assessment.record_ref,
            actor=actor,
            facts={
                "site": coverage.site.public_id,
                "answers": ",".join(f"{one.requirement.ref}@{one.revision}" for one in new),
            },
            detail={"site": coverage.site.name},
        )
    return Confirmed(new, changed)


@transaction.atomic
def record_difference(
    coverage: Coverage, response: Response, difference: str, *, revision: int, actor: User
) -> None:
    """Say that an answer, as it read at ``revision``, is different at the site, and how.

    Saying the same again writes nothing.

    Raises:
        NotPermitted: the actor does not speak for the site.
        NoLongerCovered: head office does not answer for it any more.
        AnswerChanged: head office changed or took back its answer since that revision.
    """
    coverage = _lock(coverage, actor)
    response = _answers(coverage).get(pk=response.pk)
    if not _is_as_read(response, revision):
        raise AnswerChanged(
            f"Head office changed its answer to {response.requirement.ref} while you were writing. "
            "Read it again. What you wrote is kept below."
        )
    if _say(coverage, [response], Holds.DIFFERENT, difference=difference, actor=actor):
        record(
            Verb.SITE_ANSWER_DIFFERED,
            response.record_ref,
            actor=actor,
            facts={"site": coverage.site.public_id, "requirement": response.requirement.code},
            detail={"site": coverage.site.name, "difference": difference},
        )


def _lock(coverage: Coverage, actor: User) -> Coverage:
    coverage = (
        Coverage.objects.select_for_update(of=("self",))
        .select_related("site", "assessment__edition")
        .get(pk=coverage.pk)
    )
    require(user_can_speak_for_site(actor, coverage.site))
    if coverage.ended_at is not None:
        raise NoLongerCovered(f"Head office does not answer for {coverage.site} any more.")
    return coverage


def _answers(coverage: Coverage) -> QuerySet[Response]:
    return (
        Response.objects.filter(assessment=coverage.assessment_id, requirement__is_retired=False)
        .select_related("requirement__edition")
        .order_by("requirement__position")
    )


def _is_as_read(response: Response, revision: int) -> bool:
    return response.confirmed_at is not None and response.revision == revision


def _say(
    coverage: Coverage,
    responses: Sequence[Response],
    holds: Holds,
    *,
    difference: str = "",
    actor: User,
) -> list[Response]:
    """Keep what is said of answers as they are now; return those of which it is new."""
    kept = {
        one.response_id: one
        for one in SiteAnswer.objects.filter(coverage=coverage, response__in=responses)
    }
    now = timezone.now()
    new: list[Response] = []
    made: list[SiteAnswer] = []
    remade: list[SiteAnswer] = []
    for response in responses:
        said = kept.get(response.pk)
        word = {"holds": holds, "difference": difference, "revision": response.revision}
        if said and all(getattr(said, name) == value for name, value in word.items()):
            continue
        (made if said is None else remade).append(
            SiteAnswer(
                pk=said.pk if said else None,
                coverage=coverage,
                response=response,
                **word,
                said_by=actor,
                said_at=now,
            )
        )
        new.append(response)
    bulk_create_with_history(made, SiteAnswer, default_user=actor)
    bulk_update_with_history(remade, SiteAnswer, list(_SAID), default_user=actor)
    return new
