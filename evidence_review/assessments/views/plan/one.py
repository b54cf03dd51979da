"""One action: see it, plan it, change it, start it, finish it, drop it, take it up again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence_review.assessments.actions.change_action import (
    change_action,
    reopen_action,
    start_action,
)
from evidence_review.assessments.actions.finish_action import (
    drop_action,
    finish_action,
)
from evidence_review.assessments.actions.plan_actions import Plan, plan_action
from evidence_review.assessments.forms.plan import ActionForm, DropForm, FinishForm
from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.permissions import user_can_answer, user_can_carry_out
from evidence_review.assessments.plan_filter import look_on
from evidence_review.assessments.plan_states import ActionVerb, may
from evidence_review.assessments.proposals import proposed_for_difference
from evidence_review.assessments.queries import responses_in_order
from evidence_review.assessments.queries.plan import evidence_for, possible_owners
from evidence_review.assessments.queries.site_answers import difference_numbered
from evidence_review.assessments.views.plan.finding import action_or_404, assessment_or_404
from portal.chrome.forms import PlainForm
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


@require_safe
@login_required
def action(request: PersonRequest, public_id: str, action_public_id: str) -> HttpResponse:
    """Show one action, and what the person may do about it."""
    found = action_or_404(request.user, public_id, action_public_id)
    context = {
        "action": found,
        "assessment": found.assessment,
        "look": look_on(found, timezone.localdate()),
        "may_plan": user_can_answer(request.user, found.assessment),
        "may_carry_out": user_can_carry_out(request.user, found),
        "can": {verb.value: may(found.state, verb) for verb in ActionVerb},
    }
    return render(request, "assessments/plan/action.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def add(request: PersonRequest, public_id: str) -> HttpResponse:
    """Plan an action for the question that ``requirement`` names."""
    assessment = assessment_or_404(request.user, public_id)
    require(user_can_answer(request.user, assessment))
    # A NUL never reaches the database, which knows no way to look for one.
    ref = request.GET.get("requirement", "").replace("\x00", "")
    response = get_object_or_404(responses_in_order(assessment), requirement__ref=ref)
    form = ActionForm(
        _sent(request),
        initial={"what": _proposed(request, assessment)},
        owners=possible_owners(assessment),
    )

    def save() -> None:
        plan = Plan(requirement=response.requirement, **form.cleaned_data)
        plan_action(assessment, plan, actor=request.user)

    context = {"assessment": assessment, "requirement": response.requirement}
    return _form_page(request, "add", form, save, context)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: PersonRequest, public_id: str, action_public_id: str) -> HttpResponse:
    """Say anew what will be done, by whom and by when."""
    found = action_or_404(request.user, public_id, action_public_id)
    require(user_can_answer(request.user, found.assessment))
    form = ActionForm(
        _sent(request),
        initial={"what": found.what, "owner": found.owner.public_id, "due": found.due},
        owners=possible_owners(found.assessment),
    )

    def save() -> None:
        change_action(found, **form.cleaned_data, actor=request.user)

    return _form_page(request, "change", form, save, {"action": found})


@require_http_methods(["GET", "POST"])
@login_required
def finish(request: PersonRequest, public_id: str, action_public_id: str) -> HttpResponse:
    """Say that it is done, and what came of it."""
    found = action_or_404(request.user, public_id, action_public_id)
    require(user_can_carry_out(request.user, found))
    form = FinishForm(_sent(request), evidence=evidence_for(found, request.user))

    def save() -> None:
        finish_action(found, **form.cleaned_data, actor=request.user)

    return _form_page(request, "finish", form, save, {"action": found})


@require_http_methods(["GET", "POST"])
@login_required
def drop(request: PersonRequest, public_id: str, action_public_id: str) -> HttpResponse:
    """Say that it is no longer needed, and why."""
    found = action_or_404(request.user, public_id, action_public_id)
    require(user_can_answer(request.user, found.assessment))
    form = DropForm(_sent(request))

    def save() -> None:
        drop_action(found, **form.cleaned_data, actor=request.user)

    return _form_page(request, "drop", form, save, {"action": found})


@require_POST
@login_required
def start(request: PersonRequest, public_id: str, action_public_id: str) -> HttpResponse:
    """Say that somebody is working on it."""
    found = action_or_404(request.user, public_id, action_public_id)
    require(user_can_carry_out(request.user, found))
    return _at_once(request, found, start_action)


@require_POST
@login_required
def reopen(request: PersonRequest, public_id: str, action_public_id: str) -> HttpResponse:
    """Take up again what was ended."""
    found = action_or_404(request.user, public_id, action_public_id)
    require(user_can_answer(request.user, found.assessment))
    return _at_once(request, found, reopen_action)


def _sent(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _proposed(request: PersonRequest, assessment: Assessment) -> str:
    """Return what to propose when the action is about a difference at a site."""
    one = difference_numbered(assessment, request.user, request.GET.get("difference", ""))
    return proposed_for_difference(one.coverage.site.name, one.difference) if one else ""


def _form_page(
    request: PersonRequest,
    name: str,
    form: PlainForm,
    save: Callable[[], None],
    context: dict[str, Any],
) -> HttpResponse:
    """Save a form that is in order and go back to the plan, else show it with what is wrong."""
    assessment = context.get("assessment") or context["action"].assessment
    problem, status = "", 400 if form.errors else 200
    if form.is_valid():
        try:
            save()
        except Refused as refused:
            problem, status = refused.reason, refused.status
        else:
            messages.success(request, _SAID[name])
            return redirect("assessments:plan", public_id=assessment.public_id)
    context |= {"assessment": assessment, "form": form, "problem": problem}
    return render(request, f"assessments/plan/{name}.html", context, status=status)


_SAID = {
    "add": "Planned. It is on the home page of whoever sees to it.",
    "change": "Saved.",
    "finish": "Done. What came of it is kept.",
    "drop": "Dropped. The reason is kept.",
}


def _at_once(
    request: PersonRequest, found: ImprovementAction, deed: Callable[..., object]
) -> HttpResponse:
    """Do something that needs no form, and go back to the action."""
    try:
        deed(found, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, "Saved.")
    return redirect("assessments:action", found.assessment.public_id, found.public_id)
