"""The registered manager's page: head office's answers, true here too or different here."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from evidence_review.assessments.actions.confirm_for_site import (
    Confirmed,
    confirm_for_site,
    record_difference,
)
from evidence_review.assessments.forms.sites import DifferenceForm, answers_as_shown
from evidence_review.assessments.models import Coverage, SiteAnswer
from evidence_review.assessments.parts_of_site import Part, part_to_show, parts_of
from evidence_review.assessments.permissions import user_can_speak_for_site
from evidence_review.assessments.queries import responses_in_order
from evidence_review.assessments.queries.questions import section_names
from evidence_review.assessments.queries.site_answers import answers_at
from evidence_review.assessments.sentences import listed
from evidence_review.assessments.views.sites.finding import coverage_or_404
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: PersonRequest, public_id: str, site_public_id: str) -> HttpResponse:
    """Show head office's answers part by part, and confirm those that are true here too."""
    coverage = coverage_or_404(request.user, public_id, site_public_id)
    asked_for = request.GET.get("section", "")
    if request.method == "POST":
        shown = answers_as_shown(request.POST.getlist("answer"))
        _tell(request, confirm_for_site(coverage, shown, actor=request.user))
        return redirect(_address(coverage, _next_part(coverage, asked_for)))
    answers = answers_at(coverage)
    parts = parts_of(answers, section_names(coverage.assessment))
    context = {
        "assessment": coverage.assessment,
        "site": coverage.site,
        "parts": parts,
        "part": part_to_show(parts, asked_for),
        "whole": Part("", "", answers),
        "may_speak": user_can_speak_for_site(request.user, coverage.site),
    }
    return render(request, "assessments/sites/confirm.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def different(
    request: PersonRequest, public_id: str, site_public_id: str, ref: str
) -> HttpResponse:
    """Say what is different at the site from one answer."""
    coverage = coverage_or_404(request.user, public_id, site_public_id)
    require(user_can_speak_for_site(request.user, coverage.site))
    response = get_object_or_404(responses_in_order(coverage.assessment), requirement__ref=ref)
    problem = ""
    if request.method == "POST":
        form = DifferenceForm(request.POST)
        if form.is_valid():
            try:
                record_difference(coverage, response, **form.cleaned_data, actor=request.user)
            except Refused as refused:
                problem = refused.reason
                form = DifferenceForm(form.cleaned_data | {"revision": response.revision})
            else:
                messages.success(request, f"Kept: {ref} is different here. Head office sees it.")
                return redirect(_address(coverage, request.GET.get("section", "")))
    else:
        said = SiteAnswer.objects.filter(coverage=coverage, response=response).first()
        initial = {"difference": said.difference if said else "", "revision": response.revision}
        form = DifferenceForm(initial=initial)
    context = {
        "assessment": coverage.assessment,
        "site": coverage.site,
        "response": response,
        "form": form,
        "problem": problem,
        "back": _address(coverage, request.GET.get("section", "")),
    }
    status = 409 if problem else 400 if form.errors else 200
    return render(request, "assessments/sites/different.html", context, status=status)


def _tell(request: PersonRequest, done: Confirmed) -> None:
    if done.confirmed:
        count = in_words(len(done.confirmed), "answer,answers")
        messages.success(request, f"You confirmed {count}.")
    if done.changed:
        refs = listed([one.requirement.ref for one in done.changed])
        messages.warning(
            request,
            f"Head office changed {refs} while you were reading, so that is not confirmed. "
            "Read it again.",
        )


def _next_part(coverage: Coverage, asked_for: str) -> str:
    """Return the part to go on with: the same while it is not done, then the next to confirm."""
    parts = parts_of(answers_at(coverage), section_names(coverage.assessment))
    same = next((part for part in parts if part.key == asked_for), None)
    return asked_for if same and same.to_confirm else ""


def _address(coverage: Coverage, part: str) -> str:
    address = reverse(
        "assessments:confirm", args=[coverage.assessment.public_id, coverage.site.public_id]
    )
    return f"{address}?{urlencode({'section': part})}" if part else address
