"""The button "Check it again"."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from evidence_review.evidence.queries import visible_versions
from evidence_review.scanning.actions.retry_check import retry_check
from portal.people.requests import PersonRequest
from portal.refused import Refused


@require_POST
@login_required
def retry(request: PersonRequest, public_id: str) -> HttpResponse:
    """Let a version wait for its virus check once more, and show the evidence."""
    version = get_object_or_404(
        visible_versions(request.user).select_related("evidence"), public_id=public_id
    )
    try:
        retry_check(version.public_id, actor=request.user)
    except Refused as refused:
        messages.warning(request, refused.reason)
    else:
        messages.success(request, "The file will be checked again.")
    return redirect("evidence:detail", version.evidence.public_id)
