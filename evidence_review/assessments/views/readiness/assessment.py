"""One assessment: its level today and on the day, what blocks the next one, what lapses when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from evidence_review.assessments.asked_day import Day, asked_day
from evidence_review.assessments.blocking import sentences
from evidence_review.assessments.levels import Level, blocks, next_level
from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.overview import Lapses, Outlook, Place, Readiness, Section
from evidence_review.assessments.queries import readiness as ask
from evidence_review.assessments.queries import responses_in_order, visible_assessments
from evidence_review.assessments.tally import Tally
from evidence_review.assessments.views.readiness import drawings
from evidence_review.assessments.views.readiness.past import readiness_then
from evidence_review.evidence.states import Look
from portal.chrome.past import past_form
from portal.people.requests import PersonRequest


@dataclass(frozen=True)
class Answer:
    """One answer in a list, and how it is drawn by somebody who looks ahead to the day."""

    response: Response
    look: Look

    @classmethod
    def of(cls, response: Response, outlook: Outlook) -> "Answer":
        """Look at an answer."""
        return cls(response, response.result.look_on(outlook.today, outlook.day))


@require_GET
@login_required
def assessment(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show how one assessment stands."""
    shown = get_object_or_404(visible_assessments(request.user), public_id=public_id)
    past = past_form(request.GET)
    if past.is_valid():
        return readiness_then(request, shown.edition, [shown], past, past.found())
    asked = asked_day(request.GET)
    outlook = ask.outlook(shown.edition, asked.day)
    name = shown.site.name if shown.site else ask.HEAD_OFFICE
    place = Place(name, Tally.from_json(shown.tally), shown.public_id, shown.site_id)
    context = _context(shown, Readiness(place, outlook), asked) | {"past_form": past}
    return render(request, "assessments/readiness/assessment.html", context)


def _context(shown: Assessment, row: Readiness, asked: Day) -> dict[str, Any]:
    outlook = row.outlook
    needed = [one for one in responses_in_order(shown) if one.requirement.levels]
    lapsing = _lapsing(needed, outlook)
    past = ask.trend(Assessment.objects.filter(pk=shown.pk), outlook, days_apart=7)
    return {
        "assessment": shown,
        "row": row,
        "outlook": outlook,
        "asked": asked,
        "looks": [row.look, row.look_then],
        "bars": [(section, drawings.bar(section)) for section in row.sections],
        "next": _next(row, needed),
        "lapsing": lapsing,
        "timelines": drawings.timelines(Lapses([row.place], outlook).by_day, outlook),
        "past": past,
        "trend": drawings.trend(past) if past else "",
    }


def _next(row: Readiness, needed: Iterable[Response]) -> dict[str, Any] | None:
    """Return the level to work for, what blocks it in words, and the answers that do.

    That is the goal, or what is above it. A lower level that comes first is told beside it.
    """
    outlook, tally = row.outlook, row.place.tally
    first = next_level(outlook.levels, tally, outlook.today)
    if first is None:
        return None
    at = max(outlook.levels.index(first.level), outlook.goal_rank - 1)
    wanted = outlook.levels[: at + 1]
    missing = [
        one for one in needed if _needs(one, wanted) and not one.result.complete_on(outlook.today)
    ]
    found = blocks(outlook.levels, at, tally, outlook.today)
    return {
        "level": found.level,
        "sentences": sentences(found),
        "before": first if first.level != found.level else None,
        "before_sentences": sentences(first),
        "sections": [
            (section, [Answer.of(one, outlook) for one in missing if _is_of(one, section)])
            for section in row.sections
            if any(_is_of(one, section) for one in missing)
        ],
    }


def _needs(response: Response, levels: Iterable[Level]) -> bool:
    return any(level.code in response.requirement.levels for level in levels)


def _is_of(response: Response, section: Section) -> bool:
    return response.requirement.section == section.name


def _lapsing(needed: Iterable[Response], outlook: Outlook) -> list[Answer]:
    """Return what is complete today and not on the day, the first to lapse first."""
    found = [
        one
        for one in needed
        if one.result.complete_on(outlook.today) and not one.result.complete_on(outlook.day)
    ]
    found.sort(key=lambda one: str(one.good_until))
    return [Answer.of(one, outlook) for one in found]
