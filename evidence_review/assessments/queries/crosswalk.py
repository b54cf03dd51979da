"""What of other frameworks speaks to a statement, how it stands, and the evidence behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from evidence_review.assessments.models import Response
from evidence_review.assessments.queries import current_assessments
from evidence_review.assessments.states import Standing, look
from evidence_review.evidence.models import Evidence, EvidenceLink
from evidence_review.evidence.queries import visible_evidence
from evidence_review.evidence.states import Look
from portal.frameworks.models import Crosswalk, Requirement
from portal.people.models import User


@dataclass
class Speaking:
    """A requirement of another framework that speaks to a statement, and how it stands.

    ``complete`` of ``assessments`` have it complete; ``begun`` have anything at all. ``question``
    is the public id of the assessment where there is exactly one.
    """

    requirement: Requirement
    why: list[str] = field(default_factory=list)
    assessments: int = 0
    complete: int = 0
    begun: int = 0
    question: str = ""

    @property
    def look(self) -> Look | None:
        """How it is drawn; ``None`` while nobody has started an assessment."""
        if not self.assessments:
            return None
        if self.complete == self.assessments:
            return look(Standing.COMPLETE)
        return look(Standing.IN_PROGRESS if self.begun else Standing.NOT_STARTED)


def sisters_of(statement: Requirement) -> list[Requirement]:
    """Return what other editions of the same framework call the matter, by the crosswalk."""
    linked = Q(speaks_to__target=statement) | Q(supported_by__source=statement)
    return list(
        Requirement.objects.filter(
            linked,
            edition__framework=statement.edition.framework_id,
            edition__in_use=True,
            is_retired=False,
        )
        .select_related("edition")
        .order_by("edition__position", "position")
        .distinct()
    )


def speaking_to(
    statement: Requirement, sisters: Iterable[Requirement], person: User, today: date
) -> list[Speaking]:
    """Return the requirements of other frameworks that speak to a statement, in their order.

    Where the crosswalk leads only to a sister of the statement, that counts too: a KLOE is spoken
    to by what speaks to the statement that took its place. Three questions to the database.
    """
    targets = {statement.pk: ""} | {one.pk: f"By way of {one.title}: " for one in sisters}
    links = (
        Crosswalk.objects.filter(
            target__in=targets, source__is_retired=False, source__edition__in_use=True
        )
        .exclude(source__edition__framework=statement.edition.framework_id)
        .select_related("source__edition")
        .order_by("source__edition__position", "source__position", "pk")
    )
    found: dict[int, Speaking] = {}
    for link in links:
        speaking = found.setdefault(link.source_id, Speaking(link.source))
        speaking.why.append(targets[link.target_id] + link.note)
    _add_standing(found, person, today)
    return list(found.values())


def _add_standing(found: dict[int, Speaking], person: User, today: date) -> None:
    complete = Q(standing=Standing.COMPLETE) & (
        Q(good_until__isnull=True) | Q(good_until__gte=today)
    )
    assessments = current_assessments(person).order_by().values("pk")
    rows = (
        Response.objects.filter(assessment__in=assessments, requirement__in=found)
        .order_by()
        .values_list("requirement_id")
        .annotate(
            assessments=Count("pk"),
            complete=Count("pk", filter=complete),
            begun=Count("pk", filter=~Q(standing=Standing.NOT_STARTED)),
            question=Min("assessment__public_id"),
        )
    )
    for requirement, assessments_count, is_complete, begun, question in rows:
        speaking = found[requirement]
        speaking.assessments, speaking.complete = assessments_count, is_complete
        speaking.begun, speaking.question = begun, question if assessments_count == 1 else ""


def evidence_for(
    statement: Requirement, speaking: Iterable[Requirement], person: User
) -> QuerySet[Evidence]:
    """Return the visible evidence of a statement, that which speaks to it directly first.

    ``is_direct`` is added to each: tied to the statement itself, not through the crosswalk.
    """
    ties = EvidenceLink.objects.filter(evidence=OuterRef("pk")).order_by()
    through = [one.pk for one in speaking]
    return (
        visible_evidence(person)
        .annotate(is_direct=Exists(ties.filter(requirement=statement)))
        .filter(Q(is_direct=True) | Exists(ties.filter(requirement__in=through)))
        .select_related("site", "type")
        .order_by(F("is_direct").desc(), "-created_at", "-pk")
    )


def tied_through(
    evidence: Iterable[Evidence], speaking: Iterable[Requirement]
) -> dict[int, list[Requirement]]:
    """Return by evidence the requirements through which it speaks, as ordered; one question."""
    by_pk = {one.pk: one for one in speaking}
    rows = EvidenceLink.objects.filter(
        evidence__in=[one.pk for one in evidence], requirement__in=by_pk
    ).values_list("evidence_id", "requirement_id")
    found: dict[int, list[Requirement]] = {}
    for evidence_id, requirement_id in rows:
        found.setdefault(evidence_id, []).append(by_pk[requirement_id])
    order = {pk: place for place, pk in enumerate(by_pk)}
    return {pk: sorted(ones, key=lambda one: order[one.pk]) for pk, ones in found.items()}
