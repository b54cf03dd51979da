"""Opening a file from the review screens."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from evidence_review.evidence.delivery import serve_version
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.actions.open_for_review import open_for_review
from evidence_review.review.permissions import user_can_open_in_review
from portal.people.answers import Denied
from portal.people.requests import PersonRequest


@require_safe
def download(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """Give out one version's file to somebody who reviews or reads it, and write that down."""
    version = get_object_or_404(
        EvidenceVersion.objects.select_related("evidence__site"), public_id=public_id
    )
    answer = user_can_open_in_review(request.user, version)
    if isinstance(answer, Denied):
        raise Http404(answer.reason)
    if request.method == "GET":
        open_for_review(version, actor=request.user)
    return serve_version(request, version)
