"""How ready everybody is whom a person may see: one row for each assessment, not one an answer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count as SqlCount
from django.db.models import Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from evidence_review.assessments.levels import levels_of
from evidence_review.assessments.models import Assessment, DailyStanding, Response
from evidence_review.assessments.overview import Outlook, Place
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.coverage import site_standings
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Tally, read_tally
from portal.frameworks.models import Edition, Requirement
from portal.people.models import Membership, User
from portal.people.queries import active_on, site_ids_for, sites_for
from portal.people.roles import EVIDENCE_READERS, Role

HEAD_OFFICE = "Head office"
_DAYS_BACK = 12 * 7 + 1


def editions_with_levels() -> list[Edition]:
    """Return the editions in use that people publish a level of, the newest first."""
    found = Edition.objects.filter(in_use=True).exclude(levels=[])
    return list(found.order_by("-starts", "position", "code"))


def outlook(edition: Edition, day: date, *, today: date | None = None) -> Outlook:
    """Return the levels and sections of an edition, seen from today towards ``day``."""
    rows = (
        Requirement.objects.filter(edition=edition, is_retired=False)
        .exclude(levels=[])
        .order_by()
        .values_list("section")
        .annotate(needed=SqlCount("pk"))
    )
    needed = dict(rows)
    named = [str(one["name"]) for one in edition.sections]
    names = [*(name for name in named if name in needed), *sorted(needed.keys() - set(named))]
    return Outlook(
        levels=levels_of(edition.levels),
        sections={name: needed[name] for name in names},
        today=today or timezone.localdate(),
        day=day,
    )


def places(person: User, edition: Edition) -> list[Place]:
    """Return head office, when it has an assessment, and every open site the person may see.

    A site without an assessment of its own stands by head office's when that covers it.
    """
    # Three hundred bare rows cost a third of as many objects, and text is read into a tally once.
    rows = visible_assessments(person).filter(edition=edition)
    own: dict[int | None, tuple[int, str, Tally]] = {
        site: (pk, public_id, read_tally(text))
        for site, pk, public_id, text in rows.values_list(
            "site_id", "pk", "public_id", Cast("tally", TextField())
        )
    }
    sites = sites_for(person, EVIDENCE_READERS).values_list("pk", "name")
    named: dict[int | None, str] = {None: HEAD_OFFICE} | dict(sites)
    standing: dict[int | None, Place] = {
        site: Place(named[site], tally, public_id, site)
        for site, (_, public_id, tally) in own.items()
        if site in named
    }
    if None in own:
        pk, public_id, tally = own[None]
        head_office = Assessment(pk=pk, public_id=public_id, tally=tally.to_json())
        for place in _covered(head_office, site_ids_for(person, EVIDENCE_READERS)):
            if place.site in named:
                standing.setdefault(place.site, place)
    return [
        standing.get(site) or Place(name, site=site)
        for site, name in named.items()
        if (site is not None or site in standing)
    ]


def _covered(head_office: Assessment, sites: Collection[int] | None) -> list[Place]:
    return [
        Place(
            one.site.name,
            one.tally,
            one.assessment,
            one.site.pk,
            covered=one.site.public_id,
            differing=one.differing,
            to_confirm=one.to_confirm,
        )
        for one in site_standings([head_office], sites=sites)
    ]


@dataclass(frozen=True)
class Lapse:
    """What lapses in one assessment after one day."""

    day: date
    assessment: str
    answers: Sequence[Response]


def lapses(groups: Sequence[tuple[date, str]]) -> list[Lapse]:
    """Return the answers that lapse after these days in these assessments, in one question."""
    rows = (
        Response.objects.filter(
            assessment__public_id__in={assessment for _, assessment in groups},
            good_until__in={day for day, _ in groups},
            standing=Standing.COMPLETE,
            requirement__is_retired=False,
        )
        .exclude(requirement__levels=[])
        .select_related("requirement", "assessment__site")
        .order_by("requirement__position")
    )
    found: dict[tuple[date | None, str], list[Response]] = {}
    for row in rows if groups else ():
        found.setdefault((row.good_until, row.assessment.public_id), []).append(row)
    return [Lapse(day, who, found.get((day, who), [])) for day, who in groups]


@dataclass(frozen=True)
class Past:
    """A past day: what was needed and complete, and how many assessments were at the goal."""

    day: date
    needed: int
    complete: int
    at_goal: int
    of: int

    @property
    def share(self) -> int:
        """How much was complete, in whole per cent, rounded down: 100 means everything."""
        return self.complete * 100 // self.needed if self.needed else 0


def trend(assessments: QuerySet[Assessment], outlook: Outlook, *, days_apart: int) -> list[Past]:
    """Return how assessments stood every so many days of the last twelve weeks, oldest first."""
    days = [outlook.today - timedelta(days=back) for back in range(0, _DAYS_BACK, days_apart)]
    at_goal = [level.code for level in outlook.levels[outlook.goal_rank - 1 :]]
    rows = (
        DailyStanding.objects.filter(day__in=days, assessment__in=assessments.values("pk"))
        .order_by("day")
        .values_list("day")
        .annotate(
            needed=Sum("needed"),
            complete=Sum("complete"),
            at_goal=SqlCount("pk", filter=Q(level__in=at_goal)),
            of=SqlCount("pk"),
        )
    )
    return [Past(*row) for row in rows]


def who_can_fix(sites: Iterable[int | None]) -> dict[int | None, User]:
    """Return a registered manager for each site, and an IG lead for head office (``None``)."""
    wanted = set(sites)
    lead = Q(role=Role.IG_LEAD, site__isnull=True)
    manager = Q(role=Role.REGISTERED_MANAGER, site__in=[one for one in wanted if one])
    found = (
        Membership.objects.filter(active_on(timezone.localdate()), lead | manager)
        .filter(person__is_active=True)
        .select_related("person")
        .order_by("-pk")
    )
    return {one.site_id: one.person for one in found}
