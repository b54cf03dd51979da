"""Tie evidence to what a requirement is called in the next edition."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from evidence_review.evidence.followers import followers
from evidence_review.evidence.models import Evidence, EvidenceLink
from portal.frameworks.models import Requirement
from portal.people.models import User
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb


@transaction.atomic
def carry_links(pairs: Iterable[tuple[Evidence, Requirement]], *, actor: User) -> int:
    """Tie each evidence to its requirement where it is not yet; return how many links are new.

    The catalogue's map decides here, not the person who asks for it. So nobody needs the right to
    change each evidence, the links leave no trace in its history as somebody's correction, and
    whoever carries hundreds of them over may still review what is uploaded next. The caller brings
    the answers that rest on the evidence up to date.
    """
    wanted = {(one.pk, requirement.pk): (one, requirement) for one, requirement in pairs}
    held = set(
        EvidenceLink.objects.filter(
            evidence__in={one for one, _ in wanted}, requirement__in={two for _, two in wanted}
        ).values_list("evidence_id", "requirement_id")
    )
    new = [pair for key, pair in wanted.items() if key not in held]
    EvidenceLink.objects.bulk_create(
        [
            EvidenceLink(evidence=evidence, requirement=requirement, added_by=actor)
            for evidence, requirement in new
        ],
        ignore_conflicts=True,
    )
    by_evidence: defaultdict[Evidence, list[str]] = defaultdict(list)
    for evidence, requirement in new:
        by_evidence[evidence].append(requirement.code)
    record_all(
        [
            Entry(
                verb=Verb.EVIDENCE_LINKED,
                obj=evidence.record_ref,
                actor=actor,
                facts={"requirements": ",".join(codes), "carried_over": 1},
            )
            for evidence, codes in by_evidence.items()
        ]
    )
    if by_evidence:
        for follower in followers():
            follower.links_carried([evidence.pk for evidence in by_evidence])
    return len(new)
