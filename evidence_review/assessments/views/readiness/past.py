"""How ready everybody was: rebuilt for a past time, beside what was counted on that day."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evidence_review.assessments.models import Assessment, DailyStanding
from evidence_review.assessments.overview import Place, Readiness
from evidence_review.assessments.past import tallies_then
from evidence_review.assessments.queries import deadline
from evidence_review.assessments.queries import readiness as ask
from portal.chrome.past import Past, PastForm
from portal.frameworks.models import Edition
from portal.people.past import sites_then
from portal.people.requests import PersonRequest

_REBUILT = (
    "Rebuilt from the record, the history of the answers and rows that never change. Questions, "
    "levels and how long evidence stays fresh are those of today’s catalogue."
)
_COVERED = "Sites for which head office answered are not rebuilt one by one: see head office."


@dataclass(frozen=True)
class Row:
    """How one assessment stood, and what was counted and kept on that day, if anything was."""

    readiness: Readiness
    complete: int
    needed: int
    kept: DailyStanding | None

    @property
    def differs(self) -> bool:
        """Whether the count that was kept says something else."""
        kept = self.kept
        return kept is not None and (kept.complete, kept.needed) != (self.complete, self.needed)


def readiness_then(
    request: PersonRequest,
    edition: Edition,
    assessments: Collection[Assessment],
    form: PastForm,
    past: Past,
) -> HttpResponse:
    """Show how these assessments of an edition stood; the caller has asked who may see them."""
    day = timezone.localdate(past.when)
    outlook = ask.outlook(edition, deadline(day), today=day)
    tallies = tallies_then(assessments, past.moment)
    sites = sites_then(past.moment)
    kept = {
        one.assessment_id: one
        for one in DailyStanding.objects.filter(day=day, assessment__in=list(tallies))
    }
    rows = []
    for one in assessments:
        if one.pk in tallies:
            name = sites[one.site_id].name if one.site_id else ask.HEAD_OFFICE
            place = Place(name, tallies[one.pk], one.public_id, one.site_id)
            total = tallies[one.pk].total
            readiness = Readiness(place, outlook)
            rows.append(Row(readiness, total.complete_on(day), total.needed, kept.get(one.pk)))
    rows.sort(key=lambda row: (row.readiness.place.site is not None, row.readiness.place.name))
    context: dict[str, Any] = {
        "edition": edition,
        "outlook": outlook,
        "rows": rows,
        "reached": sum(row.readiness.is_at_goal for row in rows),
        "then": past.when,
        "day": day,
        "past_form": form,
        "past_keeps": [("edition", edition.code)],
        "past_notes": [_REBUILT, _COVERED],
        "today_url": request.path,
    }
    return render(request, "assessments/readiness/past.html", context)
