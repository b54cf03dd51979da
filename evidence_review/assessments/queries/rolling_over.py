"""Where an assessment can be carried to, and what of it went where."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from evidence_review.assessments.answer import Answer
from evidence_review.assessments.carrying import has_content
from evidence_review.assessments.models import AnswerEvidence, Assessment, Response
from evidence_review.assessments.queries import responses_in_order
from portal.frameworks.models import Edition, ReferenceMap


@dataclass(frozen=True)
class Moves:
    """Where each answer of an assessment goes in an edition, by that edition's reference map.

    ``sources`` and ``reworded`` go by the primary key of the new requirement; ``gone`` are the
    answers whose questions are not asked any more.
    """

    sources: Mapping[int, Sequence[Response]]
    reworded: frozenset[int]
    gone: Sequence[Response]


@dataclass(frozen=True)
class Carried:
    """One question of the new assessment beside what it was asked as before."""

    response: Response
    sources: Sequence[Response] = ()


@dataclass
class Review:
    """What is to be looked at after a roll-over, in the order in which to do it."""

    new: list[Carried] = field(default_factory=list)
    reworded: list[Carried] = field(default_factory=list)
    unanswered: list[Carried] = field(default_factory=list)
    to_confirm: list[Carried] = field(default_factory=list)
    gone: Sequence[Response] = ()

    @property
    def every(self) -> list[Carried]:
        """All questions that are asked."""
        return [*self.new, *self.reworded, *self.unanswered, *self.to_confirm]

    @property
    def done(self) -> int:
        """How many are answered and confirmed."""
        return sum(one.response.confirmed_at is not None for one in self.every)

    @property
    def together(self) -> list[Carried]:
        """Those whose question did not change and whose answer only needs somebody's word."""
        return [one for one in self.to_confirm if _only_needs_a_word(one.response)]

    @property
    def unfinished(self) -> list[Carried]:
        """Those whose question did not change and whose answer was no full answer before either."""
        return [
            one
            for one in self.to_confirm
            if one.response.is_carried_over and not _only_needs_a_word(one.response)
        ]


def editions_ahead(assessment: Assessment) -> QuerySet[Edition]:
    """Return the editions in use that say where this assessment's questions went."""
    maps = ReferenceMap.objects.filter(
        from_edition=assessment.edition.code, to_requirement__edition=OuterRef("pk")
    )
    return (
        Edition.objects.filter(Exists(maps), in_use=True)
        .exclude(pk=assessment.edition_id)
        .order_by("position", "code")
    )


def maps_between(old: Edition, new: Edition) -> QuerySet[ReferenceMap]:
    """Return what the new edition says of where the old one's questions went."""
    return ReferenceMap.objects.filter(from_edition=old.code, to_requirement__edition=new)


def left_behind(old: Edition, new: Edition) -> QuerySet[Assessment]:
    """Return the open sites' assessments of an edition whose sites have none of the new one."""
    there = Assessment.objects.filter(edition=new, site=OuterRef("site"))
    return Assessment.objects.filter(~Exists(there), edition=old, site__is_active=True)


def carried_sites(old: Edition, new: Edition) -> QuerySet[Assessment]:
    """Return the sites' assessments of an edition that were carried over from the old one."""
    return Assessment.objects.filter(edition=new, carried_from__edition=old, site__isnull=False)


def successor_in(assessment: Assessment, edition: Edition) -> Assessment | None:
    """Return the same owner's assessment of another edition."""
    return Assessment.objects.filter(edition=edition, site=assessment.site_id).first()


def is_untouched(assessment: Assessment) -> bool:
    """Tell whether nobody has done anything in an assessment but start it."""
    begun = Q(revision__gt=0) | Q(answered_at__isnull=False)
    return (
        assessment.carried_from_id is None
        and not assessment.responses.filter(begun).exists()
        and not assessment.actions.exists()
    )


def moves_of(assessment: Assessment, edition: Edition) -> Moves:
    """Return where the answers go, in three queries."""
    onward, reworded = _map_to(assessment.edition, edition)
    sources: defaultdict[int, list[Response]] = defaultdict(list)
    gone = []
    for response in _every_answer(assessment):
        ways = onward.get(response.requirement.ref, ())
        for requirement_id in ways:
            sources[requirement_id].append(response)
        if not ways and (has_content(response) or response.answer_evidence.all()):
            gone.append(response)
    return Moves(sources, reworded, gone)


def review_of(assessment: Assessment) -> Review:
    """Return what is to be looked at in an assessment that was carried over."""
    review, before = Review(), assessment.carried_from
    moves = moves_of(before, assessment.edition) if before else Moves({}, frozenset(), ())
    review.gone = moves.gone
    responses = responses_in_order(assessment).prefetch_related("answer_evidence__evidence")
    for response in responses.select_related("requirement__edition", "confirmed_by"):
        sources = moves.sources.get(response.requirement_id, ())
        one = Carried(response, sources)
        if not sources:
            review.new.append(one)
        elif response.requirement_id in moves.reworded:
            review.reworded.append(one)
        elif response.carried_from_id is None:
            review.unanswered.append(one)
        else:
            review.to_confirm.append(one)
    return review


def _map_to(old: Edition, new: Edition) -> tuple[dict[str, list[int]], frozenset[int]]:
    """Return, by the old reference, the new requirements; and which of these were reworded.

    A reference that was corrected within the old edition goes where its successor goes.
    """
    rows = ReferenceMap.objects.filter(
        from_edition=old.code, to_requirement__edition__in=(old, new)
    ).select_related("to_requirement")
    onward: defaultdict[str, list[int]] = defaultdict(list)
    corrected: defaultdict[str, list[str]] = defaultdict(list)
    reworded = set()
    for row in rows.order_by("to_requirement__position"):
        target = row.to_requirement
        if target.edition_id == old.pk:
            corrected[row.from_ref].append(target.ref)
            continue
        if target.is_retired:
            continue
        onward[row.from_ref].append(target.pk)
        if row.reworded:
            reworded.add(target.pk)
    for ref in corrected:
        for latest in _followed(ref, corrected):
            onward[ref] = list(dict.fromkeys([*onward[ref], *onward.get(latest, ())]))
    return dict(onward), frozenset(reworded)


def _followed(ref: str, corrected: Mapping[str, Sequence[str]]) -> list[str]:
    """Return every reference that took the place of this one; the catalogue has no circles."""
    found = list(corrected.get(ref, ()))
    for further in found:
        found += corrected.get(further, ())
    return found


def _every_answer(assessment: Assessment) -> QuerySet[Response]:
    """Return the answers in catalogue order, those to retired questions among them."""
    return (
        Response.objects.filter(assessment=assessment)
        .select_related("requirement", "answered_by")
        .prefetch_related("answer_evidence__evidence")
        .order_by("requirement__position", "pk")
    )


def _only_needs_a_word(response: Response) -> bool:
    count = len(response.answer_evidence.all())
    is_given = Answer.of(response).is_given(response.requirement, evidence_count=count)
    return response.is_carried_over and is_given


def evidence_ids_of(assessment: Assessment) -> list[int]:
    """Return the evidence an assessment's answers rest on, in the order in which it is locked."""
    rows = AnswerEvidence.objects.filter(response__assessment=assessment)
    return sorted(set(rows.values_list("evidence_id", flat=True)))
