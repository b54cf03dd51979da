"""Carry an assessment over to the next edition, to be confirmed there answer by answer."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from evidence_review.assessments.actions.follow_evidence import join_what_is_there
from evidence_review.assessments.actions.restate import retally
from evidence_review.assessments.actions.start import refuse_covered
from evidence_review.assessments.answer import FIELDS
from evidence_review.assessments.carrying import carried_answer, has_content
from evidence_review.assessments.models import AnswerEvidence, Assessment, Coverage, Response
from evidence_review.assessments.permissions import user_can_run_assessment
from evidence_review.assessments.queries.rolling_over import (
    Moves,
    editions_ahead,
    evidence_ids_of,
    is_untouched,
    moves_of,
    successor_in,
)
from evidence_review.evidence.actions.carry_links import carry_links
from evidence_review.evidence.models import Evidence
from portal.frameworks.models import Edition, Requirement
from portal.frameworks.queries import requirements_in_order
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

_ABOUT_THE_ANSWER = ("carried_from", "answered_by", "answered_at")


class NoWayThere(Refused):
    """The catalogue does not say where the questions went."""

    status = 409


class AlreadyThere(Refused):
    """The owner has an assessment of that edition."""

    status = 409


@transaction.atomic
def roll_over(assessment: Assessment, edition: Edition, *, actor: User) -> Assessment:
    """Make the owner's assessment of a new edition from this one; return it.

    Answers and their evidence follow the edition's reference map. Each waits there to be confirmed,
    so nothing is complete by being carried. Head office goes on covering the same sites, and is
    asked the questions of sameness again. An assessment of that edition that somebody started and
    nobody touched since is filled.

    Raises:
        NotPermitted: the actor does not run this assessment.
        NoWayThere: no map leads to the edition, or it is not in use.
        CoveredByHeadOffice: head office answers for the site in that edition.
        AlreadyThere: the owner has begun an assessment of it.
    """
    assessment = _lock(assessment)
    require(user_can_run_assessment(actor, assessment))
    if not editions_ahead(assessment).filter(pk=edition.pk).exists():
        raise NoWayThere(
            f"The catalogue does not say where the questions of {assessment.edition} went in "
            f"{edition}. Add the reference map to its file first."
        )
    refuse_covered(edition, assessment.site)
    successor = _begin(assessment, edition, actor)
    moves = moves_of(assessment, edition)
    requirements = list(requirements_in_order(edition))
    responses = _carry_answers(successor, requirements, moves, actor)
    _carry_evidence(successor, requirements, moves, actor)
    _carry_coverage(assessment, successor)
    join_what_is_there(successor, actor=actor)
    retally([successor.pk])
    record(
        Verb.ASSESSMENT_ROLLED_OVER,
        successor.record_ref,
        actor=actor,
        facts={"from": assessment.public_id, "edition": edition.code, **_counts(responses, moves)},
        detail={"for": assessment.owner_name},
    )
    return successor


def _counts(responses: Sequence[Response], moves: Moves) -> dict[str, int]:
    return {
        "carried": sum(one.carried_from_id is not None for one in responses),
        "reworded": len(moves.reworded),
        "new": sum(one.requirement_id not in moves.sources for one in responses),
        "not_asked_any_more": len(moves.gone),
    }


def _lock(assessment: Assessment) -> Assessment:
    """Lock the evidence and then the assessment, in the order that every action keeps."""
    evidence = Evidence.objects.select_for_update().filter(pk__in=evidence_ids_of(assessment))
    list(evidence.order_by("pk").values_list("pk", flat=True))
    rows = Assessment.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("edition", "site").get(pk=assessment.pk)


def _begin(assessment: Assessment, edition: Edition, actor: User) -> Assessment:
    there = successor_in(assessment, edition)
    if there is not None:
        there = Assessment.objects.select_for_update(no_key=True).get(pk=there.pk)
        if not is_untouched(there):
            raise _already_there(assessment, edition)
    successor = there or Assessment(edition=edition, site=assessment.site, started_by=actor)
    successor.carried_from = assessment
    successor._history_user = actor
    try:
        with transaction.atomic():
            successor.save()
    except IntegrityError:
        raise _already_there(assessment, edition) from None
    return successor


def _already_there(assessment: Assessment, edition: Edition) -> AlreadyThere:
    return AlreadyThere(
        f"{edition} is already started for {assessment.owner_name}. Open it from the list."
    )


def _carry_answers(
    successor: Assessment, requirements: Sequence[Requirement], moves: Moves, actor: User
) -> list[Response]:
    """Begin every answer; the history of each begins with what was carried."""
    begun = {one.requirement_id: one for one in successor.responses.all()}
    responses = []
    for requirement in requirements:
        response = begun.get(requirement.pk) or Response(
            assessment=successor, requirement=requirement
        )
        _fill(response, requirement, moves.sources.get(requirement.pk, ()))
        responses.append(response)
    fresh = [one for one in responses if one.pk is None]
    bulk_create_with_history(fresh, Response, default_user=actor)
    bulk_update_with_history(
        list(begun.values()), Response, [*FIELDS, *_ABOUT_THE_ANSWER], default_user=actor
    )
    return responses


def _fill(response: Response, requirement: Requirement, sources: Sequence[Response]) -> None:
    """Put in what the sources say, answered by whom it was, confirmed by nobody."""
    for name, value in vars(carried_answer(sources, requirement)).items():
        setattr(response, name, value)
    said = [one for one in sources if has_content(one) or one.answer_evidence.all()]
    if said:
        response.carried_from = said[0]
        response.answered_by, response.answered_at = said[0].answered_by, said[0].answered_at


def _carry_evidence(
    successor: Assessment, requirements: Sequence[Requirement], moves: Moves, actor: User
) -> None:
    """Let each answer rest on what its sources rested on, tied to its requirement, too."""
    responses = dict(successor.responses.values_list("requirement_id", "pk"))
    pairs = [
        (link.evidence, requirement)
        for requirement in requirements
        for source in moves.sources.get(requirement.pk, ())
        for link in source.answer_evidence.all()
    ]
    AnswerEvidence.objects.bulk_create(
        [
            AnswerEvidence(response_id=responses[requirement.pk], evidence=evidence, added_by=actor)
            for evidence, requirement in pairs
        ],
        ignore_conflicts=True,
    )
    carry_links(pairs, actor=actor)


def _carry_coverage(assessment: Assessment, successor: Assessment) -> None:
    """Go on covering open sites, but for those that answer for themselves in the new edition."""
    own = Assessment.objects.filter(edition=successor.edition_id, site__isnull=False)
    there = successor.coverage.filter(ended_at__isnull=True)
    covered = (
        assessment.coverage.filter(ended_at__isnull=True, site__is_active=True)
        .exclude(site__in=own.values("site"))
        .exclude(site__in=there.values("site"))
    )
    Coverage.objects.bulk_create(
        [
            Coverage(assessment=successor, site_id=pk)
            for pk in covered.values_list("site", flat=True)
        ]
    )
