"""The meetings that were recorded, one of them, and a sheet to sign at the next."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from evidence_review.evidence.permissions import user_can_see_evidence, user_can_upload_evidence
from evidence_review.meetings.choosing import Choice
from evidence_review.meetings.permissions import user_can_record_meetings, user_can_see_meetings
from evidence_review.meetings.queries import visible_meetings
from portal.people.answers import require
from portal.people.requests import PersonRequest

PAGE = 25


@require_GET
@login_required
def listing(request: PersonRequest) -> HttpResponse:
    """Show the meetings, the newest first."""
    require(user_can_see_meetings(request.user))
    meetings = visible_meetings(request.user).prefetch_related("policies__version__page")
    context = {
        "page": Paginator(meetings, PAGE).get_page(request.GET.get("page")),
        "may_record": user_can_record_meetings(request.user, None),
    }
    return render(request, "meetings/list.html", context)


@require_GET
@login_required
def detail(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show one meeting: what was read, who was there, and the sheet."""
    require(user_can_see_meetings(request.user))
    meeting = get_object_or_404(visible_meetings(request.user), public_id=public_id)
    context = {
        "meeting": meeting,
        "policies": meeting.policies.select_related("version__page"),
        "people": meeting.people.order_by("last_name", "first_name", "pk"),
        "newest": meeting.sheet.versions.order_by("-number").first(),
        "may_see_sheet": user_can_see_evidence(request.user, meeting.sheet),
        "may_upload": user_can_upload_evidence(request.user, meeting.site),
    }
    return render(request, "meetings/detail.html", context)


@require_GET
@login_required
def blank_sheet(request: PersonRequest) -> HttpResponse:
    """Show a sheet to print: the policies, everybody's name, and a line for each to sign."""
    require(user_can_record_meetings(request.user, None))
    choice = Choice(request.user, request.GET)
    if choice.site is None or not choice.chosen:
        raise Http404("Choose the site and the policy first.")
    return render(request, "meetings/blank_sheet.html", {"choice": choice})
