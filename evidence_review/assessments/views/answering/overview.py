"""Assessments, their sections, and the questions in a section."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from evidence_review.assessments.actions.start import start_assessment
from evidence_review.assessments.forms.answering import StartForm
from evidence_review.assessments.levels import level_on, levels_of
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.permissions import (
    RUNNERS,
    user_can_answer,
    user_can_list_assessments,
    user_can_publish,
    user_can_run_assessment,
    user_can_start_somewhere,
)
from evidence_review.assessments.queries import current_assessments
from evidence_review.assessments.queries.questions import (
    WILL_LAPSE_FILTER,
    AsOf,
    assessments_named,
    questions_in_section,
    sections_of,
    sites_covered,
)
from evidence_review.assessments.states import WILL_LAPSE, Standing, look
from evidence_review.assessments.tally import Tally
from evidence_review.assessments.views.answering.finding import find_assessment
from evidence_review.evidence.states import Look
from portal.frameworks.models import Requirement
from portal.frameworks.queries import current_editions
from portal.frameworks.states import AnswerKind
from portal.people.answers import require
from portal.people.queries import holds_everywhere, sites_for
from portal.people.requests import PersonRequest
from portal.refused import Refused

PAGE = 25
SITES_SHOWN = 12


@require_GET
@login_required
def assessments(request: PersonRequest) -> HttpResponse:
    """Show the assessments the person may see; whoever has one goes straight there."""
    require(user_can_list_assessments(request.user))
    words = request.GET.get("q", "").replace("\x00", "").strip()
    page = Paginator(assessments_named(request.user, words), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    if page.paginator.count == 1 and not words:
        return redirect("assessments:assessment", public_id=found[0].public_id)
    as_of = AsOf.now()
    context = {
        "page": page,
        "rows": [(one, _counts(one, as_of)) for one in found],
        "words": words,
        "as_of": as_of,
        "may_start": user_can_start_somewhere(request.user),
    }
    return render(request, "assessments/answering/index.html", context)


def _counts(assessment: Assessment, as_of: AsOf) -> dict[str, int]:
    sections = sections_of(assessment, today=as_of.today, until=as_of.until)
    names = ("needed", "complete", "will_lapse", "in_progress", "not_started")
    return {name: sum(getattr(section, name) for section in sections) for name in names}


@require_http_methods(["GET", "POST"])
@login_required
def start(request: PersonRequest) -> HttpResponse:
    """Start an assessment for head office or for a site."""
    require(user_can_start_somewhere(request.user))
    form = _start_form(request)
    if form.is_bound and form.is_valid():
        try:
            made = start_assessment(form.cleaned_data["edition"], form.site, actor=request.user)
        except Refused as refusal:
            form.add_error("owner", refusal.reason)
        else:
            messages.success(request, "Started. Begin with any section; everything is saved.")
            return redirect("assessments:assessment", public_id=made.public_id)
    status = 400 if form.errors else 200
    return render(request, "assessments/answering/start.html", {"form": form}, status=status)


def _start_form(request: PersonRequest) -> StartForm:
    questions = Requirement.objects.filter(edition=OuterRef("pk"), is_retired=False)
    answered = questions.exclude(answer_kind=AnswerKind.CLAIM)
    return StartForm(
        request.POST if request.method == "POST" else None,
        editions=current_editions().filter(Exists(answered)),
        sites=sites_for(request.user, RUNNERS).order_by("name"),
        head_office=holds_everywhere(request.user, RUNNERS),
    )


@require_GET
@login_required
def assessment(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show one assessment: its sections with counts, and what else belongs to it."""
    found = find_assessment(request, public_id)
    as_of, tally = AsOf.now(), Tally.from_json(found.tally)
    levels = levels_of(found.edition.levels)
    covered = list(sites_covered(found)[: SITES_SHOWN + 1]) if found.is_head_office else []
    context = {
        "assessment": found,
        "as_of": as_of,
        "sections": sections_of(found, today=as_of.today, until=as_of.until),
        "level": level_on(levels, tally, as_of.today),
        "level_then": level_on(levels, tally, as_of.until),
        "covered": covered[:SITES_SHOWN],
        "more_covered": len(covered) > SITES_SHOWN,
        "may_answer": user_can_answer(request.user, found),
        "may_run": user_can_run_assessment(request.user, found),
        "may_publish": user_can_publish(request.user, found),
        "may_start": user_can_start_somewhere(request.user),
        "others": current_assessments(request.user).exclude(pk=found.pk).exists(),
    }
    return render(request, "assessments/answering/assessment.html", context)


STANDINGS: dict[str, Look] = {
    Standing.NOT_STARTED: look(Standing.NOT_STARTED),
    Standing.IN_PROGRESS: look(Standing.IN_PROGRESS),
    Standing.COMPLETE: look(Standing.COMPLETE),
    WILL_LAPSE_FILTER: WILL_LAPSE,
}


@require_GET
@login_required
def section(request: PersonRequest, public_id: str, number: int) -> HttpResponse:
    """Show the questions of one section, all of them or those asked for."""
    found, as_of = find_assessment(request, public_id), AsOf.now()
    sections = sections_of(found, today=as_of.today, until=as_of.until)
    if not 1 <= number <= len(sections):
        raise Http404("This assessment has no section with this number.")
    shown = sections[number - 1]
    standing = request.GET.get("standing", "")
    standing = standing if standing in STANDINGS else ""
    mine = request.user if request.GET.get("mine") else None
    context: dict[str, Any] = {
        "assessment": found,
        "section": shown,
        "before": sections[number - 2] if number > 1 else None,
        "after": sections[number] if number < len(sections) else None,
        "rows": [
            (response, as_of.look(response))
            for response in questions_in_section(
                found, shown.name, as_of, standing=standing, mine=mine
            )
        ],
        "standings": STANDINGS.items(),
        "standing": standing,
        "mine": mine,
        "as_of": as_of,
        "may_answer": user_can_answer(request.user, found),
    }
    return render(request, "assessments/answering/section.html", context)
