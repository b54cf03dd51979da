"""All that lapses before the day, where there is more than fits on the group's page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evidence_review.assessments.overview import Lapses
from evidence_review.assessments.permissions import user_can_list_assessments
from evidence_review.assessments.queries import readiness as ask
from evidence_review.assessments.views.readiness.asked_for import group_of
from portal.people.answers import require
from portal.people.requests import PersonRequest

PAGE = 25


@require_GET
@login_required
def lapses(request: PersonRequest) -> HttpResponse:
    """Show what lapses, the first first, a page at a time."""
    require(user_can_list_assessments(request.user))
    group = group_of(request)
    if group is None:
        return render(request, "assessments/readiness/no_edition.html")
    found = Lapses(group.places, group.outlook)
    page = Paginator(found.groups(), PAGE).get_page(request.GET.get("page"))
    place_of = {place.assessment: place for place in group.places if not place.covered}
    shown = list(page.object_list)
    fixers = ask.who_can_fix(place_of[assessment].site for _, assessment in shown)
    context = {
        "group": group,
        "outlook": group.outlook,
        "page": page,
        "lapse_count": found.count,
        "lapses": [
            (one, place_of[one.assessment], fixers.get(place_of[one.assessment].site))
            for one in ask.lapses(shown)
        ],
    }
    return render(request, "assessments/readiness/lapses.html", context)
