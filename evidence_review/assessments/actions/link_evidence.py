"""Let an answer rest on an evidence, or no longer."""

from django.db import transaction

from evidence_review.assessments.actions.locking import lock_response
from evidence_review.assessments.actions.restate import restate
from evidence_review.assessments.models import AnswerEvidence, Assessment, Response
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.evidence.actions.change_details import link_requirements
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.permissions import user_can_change_evidence, user_can_see_evidence
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class EvidenceOfElsewhere(Refused):
    """The evidence belongs to a site that this assessment does not speak for."""

    status = 422


@transaction.atomic
def link_answer_evidence(response: Response, evidence: Evidence, *, actor: User) -> bool:
    """Let the answer rest on the evidence; return whether it did not before.

    Where the actor may correct the evidence, it is tied to the requirement as well, so that it is
    found there next year.

    Raises:
        NotPermitted: the actor may not answer here, or may not see the evidence.
        EvidenceOfElsewhere: it belongs to a site that this assessment does not speak for.
    """
    # The evidence is locked first, as by whatever changes an evidence and then its answers.
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    response = lock_response(response)
    require(user_can_answer(actor, response.assessment))
    require(user_can_see_evidence(actor, evidence))
    if not speaks_for(response.assessment, evidence):
        raise EvidenceOfElsewhere(
            f"“{evidence.title}” belongs to another site. "
            f"Choose evidence of {response.assessment.owner_name} or of the whole organisation."
        )
    if response.answer_evidence.filter(evidence=evidence).exists():
        return False
    if user_can_change_evidence(actor, evidence):
        link_requirements(evidence, [response.requirement], actor=actor)
    AnswerEvidence.objects.get_or_create(
        response=response, evidence=evidence, defaults={"added_by": actor}
    )
    restate([response.pk])
    _record(Verb.RESPONSE_LINKED, response, evidence, actor)
    return True


@transaction.atomic
def unlink_answer_evidence(response: Response, evidence: Evidence, *, actor: User) -> bool:
    """Let the answer no longer rest on the evidence; return whether it did.

    The evidence stays kept and tied to the requirement, so it can be linked again.

    Raises:
        NotPermitted: the actor may not answer here.
    """
    response = lock_response(response)
    require(user_can_answer(actor, response.assessment))
    gone, _ = response.answer_evidence.filter(evidence=evidence).delete()
    if not gone:
        return False
    restate([response.pk])
    _record(Verb.RESPONSE_UNLINKED, response, evidence, actor)
    return True


def speaks_for(assessment: Assessment, evidence: Evidence) -> bool:
    """Tell whether the assessment speaks for what the evidence belongs to."""
    if evidence.site_id in (None, assessment.site_id):
        return True
    covered = assessment.coverage.filter(ended_at__isnull=True, site=evidence.site_id)
    return assessment.is_head_office and covered.exists()


def _record(verb: Verb, response: Response, evidence: Evidence, actor: User) -> None:
    record(
        verb,
        response.record_ref,
        actor=actor,
        facts={"requirement": response.requirement.code, "evidence": evidence.public_id},
        detail={"title": evidence.title},
    )
