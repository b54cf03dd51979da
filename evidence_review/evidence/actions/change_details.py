"""Correct what is said of an evidence, and what it supports."""

from collections.abc import Sequence

from django.db import transaction

from evidence_review.evidence.details import EvidenceDetails, words
from evidence_review.evidence.followers import followers
from evidence_review.evidence.models import Evidence, EvidenceLink
from evidence_review.evidence.permissions import user_can_change_evidence, user_can_upload_evidence
from portal.frameworks.models import Requirement
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def change_details(evidence: Evidence, details: EvidenceDetails, *, actor: User) -> Evidence:
    """Correct title, type, site, claim and dates. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not change this evidence, or may not move it to that site.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    require(user_can_change_evidence(actor, evidence))
    changes = details.changed_from(evidence)
    if not changes:
        return evidence
    if "site" in changes:
        require(user_can_upload_evidence(actor, details.site))
    for name, (_, new) in changes.items():
        setattr(evidence, name, new)
    evidence._history_user = actor
    evidence.save(update_fields=list(changes))
    for follower in followers():
        follower.evidence_changed(evidence.pk)
    record(
        Verb.EVIDENCE_CHANGED,
        evidence.record_ref,
        actor=actor,
        facts={"fields": ",".join(sorted(changes))},
        detail={
            "changes": {name: [words(old), words(new)] for name, (old, new) in changes.items()}
        },
    )
    return evidence


@transaction.atomic
def link_requirements(
    evidence: Evidence, requirements: Sequence[Requirement], *, actor: User
) -> list[Requirement]:
    """Say that the evidence supports these requirements too; return those that were new.

    Raises:
        NotPermitted: the actor may not change this evidence.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    require(user_can_change_evidence(actor, evidence))
    held = set(evidence.links.values_list("requirement_id", flat=True))
    new = [requirement for requirement in requirements if requirement.pk not in held]
    for requirement in new:
        link = EvidenceLink(evidence=evidence, requirement=requirement, added_by=actor)
        link._history_user = actor
        link.save()
    if new:
        _record_links(Verb.EVIDENCE_LINKED, evidence, new, actor)
        for follower in followers():
            follower.evidence_linked(evidence, new, actor=actor)
    return new


@transaction.atomic
def unlink_requirements(
    evidence: Evidence, requirements: Sequence[Requirement], *, actor: User
) -> list[Requirement]:
    """Say that the evidence no longer supports these requirements; return those that were held.

    Raises:
        NotPermitted: the actor may not change this evidence.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    require(user_can_change_evidence(actor, evidence))
    gone = []
    for link in evidence.links.filter(requirement__in=requirements).select_related(
        "requirement__edition"
    ):
        gone.append(link.requirement)
        link._history_user = actor
        link.delete()
    if gone:
        _record_links(Verb.EVIDENCE_UNLINKED, evidence, gone, actor)
        for follower in followers():
            follower.evidence_unlinked(evidence, gone, actor=actor)
    return gone


def _record_links(
    verb: Verb, evidence: Evidence, requirements: Sequence[Requirement], actor: User
) -> None:
    record(
        verb,
        evidence.record_ref,
        actor=actor,
        facts={"requirements": ",".join(requirement.code for requirement in requirements)},
    )
