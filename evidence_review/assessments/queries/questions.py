"""The questions of one assessment as their pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from evidence_review.assessments.models import Assessment, Coverage, Response
from evidence_review.assessments.queries import (
    current_assessments,
    deadline,
    responses_in_order,
    visible_assessments,
)
from evidence_review.assessments.states import WILL_LAPSE, Standing, look
from evidence_review.assessments.tally import Count, Tally
from evidence_review.evidence.states import Look
from portal.frameworks.models import ReferenceMap
from portal.people.models import User


@dataclass(frozen=True)
class SectionCounts:
    """One section of an assessment: its number from 1, its name, and how its answers stand.

    The four counts add up to ``needed``: what will lapse is complete today and is counted apart.
    """

    number: int
    name: str
    needed: int
    complete: int
    will_lapse: int
    in_progress: int
    not_started: int


def sections_of(assessment: Assessment, *, today: date, until: date) -> list[SectionCounts]:
    """Return the sections in the edition's order, from the kept tally: no question asked."""
    tally = Tally.from_json(assessment.tally)
    return [
        _counted(number, name, tally.sections.get(name, Count()), today, until)
        for number, name in enumerate(section_names(assessment), start=1)
    ]


def section_names(assessment: Assessment) -> list[str]:
    """Return the names of an assessment's sections in the edition's order."""
    return [str(section["name"]) for section in assessment.edition.sections]


def _counted(number: int, name: str, count: Count, today: date, until: date) -> SectionCounts:
    lasting = count.complete_on(max(today, until))
    return SectionCounts(
        number=number,
        name=name,
        needed=count.needed,
        complete=lasting,
        will_lapse=count.complete_on(today) - lasting,
        in_progress=count.in_progress_on(today),
        not_started=count.not_started,
    )


WILL_LAPSE_FILTER = "will_lapse"


@dataclass(frozen=True)
class AsOf:
    """The two days a standing is looked at on: today, and the day it should last until."""

    today: date
    until: date

    @classmethod
    def now(cls) -> "AsOf":
        """Return today and the next deadline."""
        today = timezone.localdate()
        return cls(today, deadline(today))

    def look(self, response: Response) -> Look:
        """Return how an answer is drawn: one of the three words, or that it will lapse."""
        if response.standing != Standing.COMPLETE or response.good_until is None:
            return look(response.standing)
        if response.good_until < self.today:
            return look(Standing.IN_PROGRESS)
        return WILL_LAPSE if response.good_until < self.until else look(Standing.COMPLETE)

    def shown_as(self, word: str) -> Q:
        """Return the condition for answers that are drawn so: a standing, or ``will_lapse``."""
        complete = Q(standing=Standing.COMPLETE)
        lapsed = complete & Q(good_until__lt=self.today)
        ends_before = Q(good_until__lt=self.until, good_until__gte=self.today)
        if word == WILL_LAPSE_FILTER:
            return complete & ends_before
        if word == Standing.COMPLETE:
            return complete & (Q(good_until__isnull=True) | Q(good_until__gte=self.until))
        if word == Standing.IN_PROGRESS:
            return Q(standing=word) | lapsed
        return Q(standing=word)


def questions_in_section(
    assessment: Assessment, name: str, as_of: AsOf, *, standing: str = "", mine: User | None = None
) -> QuerySet[Response]:
    """Return the answers of one section in catalogue order, narrowed to a standing or a person."""
    found = responses_in_order(assessment).filter(requirement__section=name)
    if standing:
        found = found.filter(as_of.shown_as(standing))
    if mine:
        found = found.filter(assigned_to=mine)
    return found.select_related("requirement", "assigned_to")


@dataclass(frozen=True)
class Place:
    """Where a question stands in its section; ``before`` and ``after`` are references."""

    section: SectionCounts
    number: int
    of: int
    before: str
    after: str


def place_of(
    response: Response, everything: Sequence[Response], sections: Iterable[SectionCounts]
) -> Place:
    """Find the place of an answer among all answers of its assessment, in catalogue order."""
    name = response.requirement.section
    refs = [one.requirement.ref for one in everything if one.requirement.section == name]
    at = refs.index(response.requirement.ref)
    return Place(
        section=next(section for section in sections if section.name == name),
        number=at + 1,
        of=len(refs),
        before=refs[at - 1] if at else "",
        after=refs[at + 1] if at + 1 < len(refs) else "",
    )


def last_years_answer(response: Response) -> Response | None:
    """Return the answer of the owner's earlier assessment to what is now this question.

    What it was carried over from, or else what the catalogue's map says the question was called.
    """
    answers = Response.objects.select_related(
        "answered_by", "requirement", "assessment__edition"
    ).filter(answered_at__isnull=False)
    if response.carried_from_id:
        return answers.filter(pk=response.carried_from_id).first()
    called = ReferenceMap.objects.filter(
        to_requirement=response.requirement_id,
        from_edition=OuterRef("requirement__edition__code"),
        from_ref=OuterRef("requirement__ref"),
    )
    earlier = answers.filter(Exists(called), assessment__site=response.assessment.site_id)
    newest = F("assessment__edition__starts").desc(nulls_last=True)
    return earlier.order_by(newest, "-pk").first()


def sites_covered(assessment: Assessment) -> QuerySet[Coverage]:
    """Return the sites that head office answers for in this assessment, by name."""
    return (
        Coverage.objects.filter(assessment=assessment, ended_at__isnull=True)
        .select_related("site")
        .order_by("site__name")
    )


def questions_for(person: User, as_of: AsOf) -> QuerySet[Response]:
    """Return what is given to the person and not complete, the most urgent first."""
    unfinished = ~Q(standing=Standing.COMPLETE) | Q(good_until__lt=as_of.today)
    return (
        Response.objects.filter(
            unfinished,
            assigned_to=person,
            requirement__is_retired=False,
            assessment__edition__in_use=True,
            assessment__in=visible_assessments(person),
        )
        .select_related("requirement", "assessment__edition", "assessment__site")
        .order_by(F("due").asc(nulls_last=True), "requirement__position", "pk")
    )


def assessments_named(person: User, words: str) -> QuerySet[Assessment]:
    """Return the current assessments the person may see, narrowed to names of sites."""
    found = current_assessments(person)
    return found.filter(site__name__icontains=words) if words else found
