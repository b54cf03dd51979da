"""Correct what is said of an evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from evidence_review.evidence.actions.change_details import (
    change_details,
    link_requirements,
    unlink_requirements,
)
from evidence_review.evidence.forms import DetailsForm, details_of
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.permissions import user_can_change_evidence
from evidence_review.evidence.queries import visible_evidence
from portal.people.answers import require
from portal.people.models import User
from portal.people.requests import PersonRequest


@require_http_methods(["GET", "POST"])
@login_required
def edit_evidence(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the details as a form, and save what was corrected."""
    evidence = get_object_or_404(
        visible_evidence(request.user).select_related("site", "type"), public_id=public_id
    )
    require(user_can_change_evidence(request.user, evidence))
    if request.method == "POST":
        form = DetailsForm(request.POST, person=request.user)
        if form.is_valid():
            _save(evidence, form, request.user)
            messages.success(request, "Saved. The correction is in the history.")
            return redirect("evidence:detail", public_id=evidence.public_id)
    else:
        form = DetailsForm(initial=details_of(evidence), person=request.user)
    status = 400 if form.errors else 200
    return render(
        request, "evidence/edit.html", {"form": form, "evidence": evidence}, status=status
    )


@transaction.atomic
def _save(evidence: Evidence, form: DetailsForm, person: User) -> None:
    """Apply the whole form or nothing of it."""
    change_details(evidence, form.details(), actor=person)
    chosen = form.chosen_requirements()
    link_requirements(evidence, chosen, actor=person)
    kept = {requirement.pk for requirement in chosen}
    # What is not on the form (a retired edition's items) stays as it is.
    dropped = [item for item in form.catalogue if item.pk not in kept]
    unlink_requirements(evidence, dropped, actor=person)
