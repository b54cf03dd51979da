"""Make a claim, change it, withdraw it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evidence_review.assessments.actions.claim import change_claim, make_claim, withdraw_claim
from evidence_review.assessments.forms.claims import (
    WHOLE_ORGANISATION,
    ClaimForm,
    WithdrawForm,
    details_of,
)
from evidence_review.assessments.models import StatementClaim
from evidence_review.assessments.permissions import (
    user_can_change_claim,
    user_can_make_claim_somewhere,
)
from evidence_review.assessments.queries.claims import revision_of
from evidence_review.assessments.queries.crosswalk import sisters_of, speaking_to
from evidence_review.assessments.views.well_led.reading import (
    asked_site,
    claim_named,
    statement_named,
)
from portal.frameworks.models import Requirement
from portal.people.answers import require
from portal.people.models import Site, User
from portal.people.requests import PersonRequest
from portal.people.roles import EVIDENCE_WRITERS
from portal.refused import Refused


@require_http_methods(["GET", "POST"])
@login_required
def add(request: PersonRequest, edition: str, ref: str) -> HttpResponse:
    """Ask for a claim of a statement, and make it; ``?site=`` says of which site."""
    require(user_can_make_claim_somewhere(request.user))
    statement = statement_named(edition, ref)
    _, site = asked_site(request, EVIDENCE_WRITERS)
    form = _form(request, statement, site=site, initial=_to_begin_with(request.user, site))
    if request.method == "POST" and form.is_valid():
        try:
            claim = make_claim(statement, form.details(), actor=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "The claim is kept.")
            return redirect("well_led:claim", public_id=claim.public_id)
    return _page(request, form, statement)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show a claim as a form, and save what was changed."""
    claim = claim_named(request, public_id)
    require(user_can_change_claim(request.user, claim))
    initial = details_of(claim, revision_of(claim))
    form = _form(request, claim.statement, site=claim.site, held=claim, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_claim(
                claim,
                form.details(),
                revision=form.cleaned_data["revision"],
                actor=request.user,
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "Saved. The change is in the history.")
            return redirect("well_led:claim", public_id=claim.public_id)
    return _page(request, form, claim.statement, claim)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: PersonRequest, public_id: str) -> HttpResponse:
    """Ask why a claim is taken back, and take it back."""
    claim = claim_named(request, public_id)
    require(user_can_change_claim(request.user, claim))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_claim(claim, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, "The claim is withdrawn. Its history stays.")
        return redirect("well_led:claim", public_id=claim.public_id)
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "claim": claim}
    return render(request, "assessments/well_led/withdraw.html", context, status=status)


def _form(
    request: PersonRequest,
    statement: Requirement,
    *,
    site: Site | None,
    initial: dict[str, Any],
    held: StatementClaim | None = None,
) -> ClaimForm:
    sisters = sisters_of(statement)
    speaking = speaking_to(statement, sisters, request.user, timezone.localdate())
    return ClaimForm(
        request.POST if request.method == "POST" else None,
        person=request.user,
        statement=statement,
        held=held,
        site=site,
        speaking=[*sisters, *(one.requirement for one in speaking)],
        initial=initial,
    )


def _to_begin_with(person: User, site: Site | None) -> dict[str, Any]:
    return {
        "owner": person.pk,
        "revision": 0,
        "site": site.public_id if site else WHOLE_ORGANISATION,
    }


def _page(
    request: PersonRequest,
    form: ClaimForm,
    statement: Requirement,
    claim: StatementClaim | None = None,
) -> HttpResponse:
    context = {"form": form, "statement": statement, "claim": claim}
    status = 400 if form.errors else 200
    return render(request, "assessments/well_led/claim_form.html", context, status=status)
