"""Taking back one's own version, on the portal's own face."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from evidence_review.evidence.queries import visible_versions
from evidence_review.review.actions.withdraw import withdraw
from evidence_review.review.permissions import user_can_withdraw
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


@require_http_methods(["GET", "POST"])
@login_required
def withdraw_own(request: PersonRequest, public_id: str) -> HttpResponse:
    """Ask why, then withdraw the version; what was typed is kept when it cannot be done."""
    found = visible_versions(request.user).select_related("evidence__site")
    version = get_object_or_404(found, public_id=public_id)
    require(user_can_withdraw(request.user, version))
    reason, error, status = request.POST.get("reason", ""), "", 200
    if request.method == "POST":
        try:
            withdraw(public_id, actor=request.user, reason=reason)
        except Refused as refused:
            error, status = refused.reason, refused.status
        else:
            messages.success(request, f"Version {version.number} is withdrawn.")
            return redirect("evidence:detail", version.evidence.public_id)
    context = {"version": version, "evidence": version.evidence, "reason": reason, "error": error}
    return render(request, "review/withdraw_own.html", context, status=status)
