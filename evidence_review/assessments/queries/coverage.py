"""How every site stands that head office answers for, in a number of questions that never grows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Exists, F, OuterRef, QuerySet, TextField

from evidence_review.assessments.at_sites import Given, Said, said_by_section, tally_at_site
from evidence_review.assessments.models import (
    Assessment,
    Coverage,
    ImprovementAction,
    Response,
    SiteAnswer,
)
from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import PLANNED, Holds, Standing
from evidence_review.assessments.tally import Item, Tally
from portal.people.models import Site


@dataclass(frozen=True)
class SiteStanding:
    """How one covered site stands: its tally, and what its manager says of head office's answers.

    ``assessment`` is the public id of head office's assessment; ``sections`` is in catalogue order.
    """

    assessment: str
    site: Site
    tally: Tally
    sections: Mapping[str, Said]

    @property
    def said(self) -> Said:
        """The sections put together."""
        return sum(self.sections.values(), Said())

    @property
    def confirmed(self) -> int:
        """How many answers the manager confirmed as they now read."""
        return self.said.confirmed

    @property
    def differing(self) -> int:
        """How many answers the manager says are different at the site."""
        return self.said.differing

    @property
    def to_confirm(self) -> int:
        """How many answers the manager has not spoken of as they now read."""
        return self.said.to_confirm


class Listed(Aggregate):
    """The ids of a group, as text with commas: one row a group instead of one an id."""

    function = "GROUP_CONCAT"
    name = "Listed"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Say the same to PostgreSQL."""
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **extra)


def covered(
    assessments: Iterable[Assessment], sites: Collection[int] | None = None
) -> QuerySet[Coverage]:
    """Return what head office covers today by site name; ``sites`` (ids) ``None``: every one."""
    found = Coverage.objects.filter(
        assessment__in=[one.pk for one in assessments if one.is_head_office], ended_at__isnull=True
    )
    if sites is not None:
        found = found.filter(site__in=sites)
    return found.select_related("site").order_by("site__name", "pk")


def site_standings(
    assessments: Iterable[Assessment], *, sites: Collection[int] | None = None
) -> list[SiteStanding]:
    """Return how the sites stand that these assessments of head office cover, by site name.

    Args:
        assessments: those of sites may be among them and are passed over.
        sites: ids of the sites to tell of; ``None`` is every one, as ``site_ids_for`` says it.

    It asks three questions of the database, however many sites there are.
    """
    by_id = {one.pk: one for one in assessments}
    rows = list(covered(by_id.values(), sites))
    if not rows:
        return []
    given = given_answers({row.assessment_id for row in rows})
    said = said_of_present_answers(rows)
    head_office = {pk: Tally.from_json(one.tally) for pk, one in by_id.items()}
    counted: dict[tuple[int, frozenset[tuple[int, Holds]]], tuple[Tally, dict[str, Said]]] = {}
    standings = []
    for row in rows:
        answers, words = given[row.assessment_id], said[row.pk]
        # Most sites say the same of everything: each way of saying is counted once.
        alike = (row.assessment_id, frozenset(words.items()))
        if alike not in counted:
            tally = tally_at_site(answers, words, head_office[row.assessment_id])
            counted[alike] = tally, said_by_section(answers, words)
        public_id = by_id[row.assessment_id].public_id
        standings.append(SiteStanding(public_id, row.site, *counted[alike]))
    return standings


def given_answers(assessment_ids: Collection[int]) -> dict[int, list[Given]]:
    """Return the answers that head office gives for its sites, by assessment, in one question."""
    planned = ImprovementAction.objects.filter(
        assessment=OuterRef("assessment"), requirement=OuterRef("requirement"), state__in=PLANNED
    )
    rows = (
        Response.objects.filter(assessment__in=assessment_ids, requirement__is_retired=False)
        .annotate(is_planned=Exists(planned))
        .order_by("requirement__position")
        .values_list(
            "assessment_id",
            "pk",
            "confirmed_at",
            "requirement__section",
            "requirement__levels",
            "standing",
            "good_until",
            "is_planned",
        )
    )
    given: defaultdict[int, list[Given]] = defaultdict(list)
    for assessment_id, pk, confirmed_at, section, levels, standing, good_until, is_planned in rows:
        item = Item(
            section=section,
            levels=levels,
            result=Result(Standing(standing), good_until),
            is_planned=is_planned,
        )
        one = Given(pk=pk, item=item, is_for_sites=confirmed_at is not None)
        given[assessment_id].append(one)
    return given


def said_of_present_answers(rows: Iterable[Coverage]) -> dict[int, dict[int, Holds]]:
    """Return what managers say of answers as they now read, by coverage, in one question."""
    found = (
        SiteAnswer.objects.filter(
            coverage__in=[row.pk for row in rows], revision=F("response__revision")
        )
        .order_by()
        .values_list("coverage_id", "holds")
        .annotate(responses=Listed("response_id"))
    )
    said: defaultdict[int, dict[int, Holds]] = defaultdict(dict)
    for coverage_id, holds, responses in found:
        said[coverage_id] |= dict.fromkeys(map(int, responses.split(",")), Holds(holds))
    return said
