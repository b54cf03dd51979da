"""Answer the four questions of sameness."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evidence_review.assessments.actions.answer_sameness import (
    Compared,
    WouldReleaseSites,
    answer_sameness,
)
from evidence_review.assessments.forms.sites import SamenessForm
from evidence_review.assessments.permissions import user_can_run_assessment
from evidence_review.assessments.queries.coverage import covered
from evidence_review.assessments.sameness import answers_of
from evidence_review.assessments.views.sites.finding import head_office_or_404
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.requests import PersonRequest


@require_http_methods(["GET", "POST"])
@login_required
def same(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the four questions, and keep the answers; ask again before sites are let go."""
    assessment = head_office_or_404(request.user, public_id)
    require(user_can_run_assessment(request.user, assessment))
    if request.method == "POST":
        form = SamenessForm(request.POST)
        if form.is_valid():
            release = request.POST.get("release") == "yes"
            try:
                done = answer_sameness(
                    assessment, form.answers(), release=release, actor=request.user
                )
            except WouldReleaseSites:
                context = {
                    "assessment": assessment,
                    "sent": form.cleaned_data.items(),
                    "letting_go": covered([assessment]),
                }
                return render(request, "assessments/sites/release.html", context, status=409)
            _tell(request, done)
            return redirect("assessments:sites", public_id=assessment.public_id)
    else:
        form = SamenessForm(initial=SamenessForm.initial_of(answers_of(assessment)))
    context = {"assessment": assessment, "form": form}
    status = 400 if form.errors else 200
    return render(request, "assessments/sites/same.html", context, status=status)


def _tell(request: PersonRequest, done: Compared) -> None:
    if done.released:
        count = in_words(len(done.released), "site,sites")
        messages.success(request, f"Saved. Head office no longer answers for {count}.")
    elif done.is_changed:
        messages.success(request, "Saved.")
