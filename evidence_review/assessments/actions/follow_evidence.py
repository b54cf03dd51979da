"""What the answers do when an evidence changes; registered in ``EVIDENCE_FOLLOWERS``.

An evidence tied to a requirement joins the answer of the assessment it plainly belongs to: that of
its own site, or head office's for evidence of the whole organisation, or of the one site that head
office covers. Elsewhere people link it themselves.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from evidence_review.assessments.actions.restate import restate
from evidence_review.assessments.models import AnswerEvidence, Assessment, Coverage, Response
from evidence_review.evidence.models import Evidence, EvidenceLink
from portal.frameworks.models import Requirement
from portal.people.models import User


def evidence_linked(
    evidence: Evidence, requirements: Iterable[Requirement], *, actor: User
) -> None:
    """Let the answers that the evidence plainly belongs to rest on it."""
    found = list(_own_responses(evidence, requirements).values_list("pk", flat=True))
    if not found:
        return
    AnswerEvidence.objects.bulk_create(
        [AnswerEvidence(response_id=pk, evidence=evidence, added_by=actor) for pk in found],
        ignore_conflicts=True,
    )
    restate(found)


def evidence_unlinked(
    evidence: Evidence, requirements: Iterable[Requirement], *, actor: User
) -> None:
    """Let no answer to these requirements rest on it any more."""
    resting = AnswerEvidence.objects.filter(
        evidence=evidence, response__requirement__in=[one.pk for one in requirements]
    )
    found = list(resting.values_list("response_id", flat=True))
    if found:
        resting.delete()
        restate(found)


def evidence_changed(evidence_id: int) -> None:
    """Bring the answers that rest on it up to date."""
    found = AnswerEvidence.objects.filter(evidence=evidence_id).values_list(
        "response_id", flat=True
    )
    if ids := list(found):
        restate(ids)


def links_carried(evidence_ids: Iterable[int]) -> None:
    """Do nothing: whoever carries links over brings the answers up to date."""


def join_what_is_there(assessment: Assessment, *, actor: User) -> None:
    """Let a new assessment's answers rest on the evidence that was tied to its questions before."""
    responses = dict(assessment.responses.values_list("requirement_id", "pk"))
    links = EvidenceLink.objects.filter(
        requirement__in=responses, evidence__site=assessment.site_id
    ).values_list("evidence_id", "requirement_id")
    AnswerEvidence.objects.bulk_create(
        [
            AnswerEvidence(
                response_id=responses[requirement_id], evidence_id=evidence_id, added_by=actor
            )
            for evidence_id, requirement_id in links
        ],
        ignore_conflicts=True,
    )
    restate(list(responses.values()))


def _own_responses(evidence: Evidence, requirements: Iterable[Requirement]) -> QuerySet[Response]:
    of_head_office = Q(assessment__site__isnull=True)
    if evidence.site_id is None:
        mine = of_head_office
    else:
        covered = Coverage.objects.filter(assessment=OuterRef("assessment"), ended_at__isnull=True)
        only_this_site = Exists(covered.filter(site=evidence.site_id)) & ~Exists(
            covered.exclude(site=evidence.site_id)
        )
        mine = Q(assessment__site=evidence.site_id) | of_head_office & only_this_site
    return Response.objects.filter(mine, requirement__in=[one.pk for one in requirements])
