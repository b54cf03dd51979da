"""A draft of the plan: one proposed action for everything that is missing, saved all or nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evidence_review.assessments.actions.plan_actions import Plan, plan_actions
from evidence_review.assessments.forms.plan import DraftRow, SharedForm, say_once
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.assessments.queries.plan import owners_for, unplanned
from evidence_review.assessments.views.plan.finding import assessment_or_404
from portal.chrome.fields import Problem, problems_of
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


@require_http_methods(["GET", "POST"])
@login_required
def draft(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show a row for everything missing without an action, and plan those that are wanted."""
    assessment = assessment_or_404(request.user, public_id)
    require(user_can_answer(request.user, assessment))
    shared, rows = _forms(request, assessment)
    problem, status = "", 200
    if request.method == "POST":
        say_once(shared, rows)
        in_order = not any(form.errors for form in (shared, *rows))
        wanted = [row for row in rows if in_order and row.cleaned_data["wanted"]]
        if not in_order:
            status = 400
        elif not wanted:
            problem, status = "Choose at least one action to plan.", 400
        else:
            try:
                plan_actions(assessment, [_plan(row) for row in wanted], actor=request.user)
            except Refused as refused:
                problem, status = refused.reason, refused.status
            else:
                count = in_words(len(wanted), "action,actions")
                messages.success(request, f"Planned: {count}.")
                return redirect("assessments:plan", public_id=assessment.public_id)
    problems = problems_of([shared, *rows]) + ([Problem(problem, "")] if problem else [])
    context = {"assessment": assessment, "shared": shared, "rows": rows, "problems": problems}
    return render(request, "assessments/plan/draft.html", context, status=status)


def _forms(request: PersonRequest, assessment: Assessment) -> tuple[SharedForm, list[DraftRow]]:
    sent = request.POST if request.method == "POST" else None
    owners = owners_for(assessment)
    shared = SharedForm(sent, owners=owners, prefix="all")
    if sent is not None:
        # Each row asks it for the owner and the day it lacks.
        shared.is_valid()
    people = list(owners)
    rows = [
        DraftRow(sent, response=response, people=people, shared=shared if sent else None)
        for response in unplanned(assessment, timezone.localdate())
    ]
    return shared, rows


def _plan(row: DraftRow) -> Plan:
    data = row.cleaned_data
    return Plan(
        requirement=row.response.requirement,
        what=data["what"],
        owner=data["owner"],
        due=data["due"],
    )
