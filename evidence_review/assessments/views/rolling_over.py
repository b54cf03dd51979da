"""Carry an assessment to the next edition, and look at what came of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evidence_review.assessments.actions.confirm_carried import confirm_carried
from evidence_review.assessments.actions.roll_over import roll_over
from evidence_review.assessments.actions.roll_over_sites import roll_over_sites
from evidence_review.assessments.forms.rolling_over import ConfirmCarriedForm, RollOverForm
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.permissions import (
    user_can_answer,
    user_can_run_assessment,
    user_can_start_assessment,
)
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.rolling_over import (
    carried_sites,
    editions_ahead,
    is_untouched,
    left_behind,
    moves_of,
    review_of,
    successor_in,
)
from portal.chrome.words import in_words
from portal.frameworks.models import Edition
from portal.frameworks.queries import requirements_in_order
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


@dataclass
class Way:
    """An edition an assessment can be carried to: what would happen, or where it already is."""

    edition: Edition
    successor: Assessment | None
    new: int = 0
    reworded: int = 0
    unchanged: int = 0
    gone: int = 0
    sites_left: int = 0
    sites_done: int = 0


@require_http_methods(["GET", "POST"])
@login_required
def roll_over_page(request: PersonRequest, public_id: str) -> HttpResponse:
    """Say what carrying over would do, and do it."""
    assessment = get_object_or_404(visible_assessments(request.user), public_id=public_id)
    require(user_can_run_assessment(request.user, assessment))
    editions = list(editions_ahead(assessment))
    data = request.POST if request.method == "POST" else None
    form = RollOverForm(data, editions=editions)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = roll_over(assessment, form.chosen(), actor=request.user)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
                status = refusal.status
            else:
                messages.success(request, f"Carried over to {made.edition}. Nothing is lost.")
                return redirect("assessments:carried", made.public_id)
    everywhere = bool(user_can_start_assessment(request.user, None))
    context = {
        "assessment": assessment,
        "ways": [_way(assessment, edition, everywhere=everywhere) for edition in editions],
        "form": form,
    }
    return render(request, "assessments/publishing/roll_over.html", context, status=status)


@require_POST
@login_required
def roll_over_all(request: PersonRequest, public_id: str) -> HttpResponse:
    """Carry the sites' own assessments over, in the background."""
    assessment = get_object_or_404(visible_assessments(request.user), public_id=public_id)
    require(user_can_start_assessment(request.user, None))
    form = RollOverForm(request.POST, editions=list(editions_ahead(assessment)))
    if form.is_valid():
        count = roll_over_sites(assessment.edition, form.chosen(), actor=request.user)
        said = in_words(count, "assessment is,assessments are")
        messages.success(request, f"{said.capitalize()} being carried over. You can go on working.")
    else:
        messages.error(request, "Choose an edition that says where the questions went.")
    return redirect("assessments:roll_over", assessment.public_id)


@require_http_methods(["GET", "POST"])
@login_required
def carried(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show what is new, reworded, carried and gone; confirm several answers at once."""
    assessment = get_object_or_404(
        visible_assessments(request.user).select_related(
            "edition", "site", "carried_from__edition", "carried_from__site"
        ),
        public_id=public_id,
        carried_from__isnull=False,
    )
    may_answer = user_can_answer(request.user, assessment)
    data = request.POST if request.method == "POST" else None
    form, status = ConfirmCarriedForm(data), 200
    if request.method == "POST":
        require(may_answer)
        status = 400
        if form.is_valid():
            try:
                confirmed = confirm_carried(
                    assessment, form.cleaned_data["read"], actor=request.user
                )
            except Refused as refusal:
                form.add_error("read", refusal.reason)
                status = refusal.status
            else:
                said = in_words(len(confirmed), "answer,answers")
                messages.success(request, f"You confirmed {said}.")
                return redirect("assessments:carried", assessment.public_id)
    context = {
        "assessment": assessment,
        "before": assessment.carried_from,
        "review": review_of(assessment),
        "form": form,
        "may_answer": may_answer,
    }
    return render(request, "assessments/publishing/carried.html", context, status=status)


def _way(assessment: Assessment, edition: Edition, *, everywhere: bool) -> Way:
    way = Way(edition, successor_in(assessment, edition))
    if everywhere:
        way.sites_left = left_behind(assessment.edition, edition).count()
        way.sites_done = carried_sites(assessment.edition, edition).count()
    if way.successor is not None and not is_untouched(way.successor):
        return way
    moves = moves_of(assessment, edition)
    asked = [one.pk for one in requirements_in_order(edition)]
    way.successor = None
    way.new = sum(pk not in moves.sources for pk in asked)
    way.reworded = len(moves.reworded)
    way.unchanged = len(moves.sources) - len(moves.reworded)
    way.gone = len(moves.gone)
    return way
