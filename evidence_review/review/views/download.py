"""Opening a file, or the picture of a page of it, from the review screens."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from evidence_review.evidence.delivery import serve_version
from evidence_review.evidence.gone import refuse_if_gone
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.serving import serve_page
from evidence_review.review.actions.open_for_review import open_for_review
from evidence_review.review.permissions import user_can_look_at, user_can_open_in_review
from portal.people.answers import Denied
from portal.people.models import User
from portal.people.requests import PersonRequest


@require_safe
def download(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """Give out one version's file to somebody who reviews or reads it, and write that down."""
    version = _version_for(request.user, public_id)
    if request.method == "GET":
        open_for_review(version, actor=request.user)
    return serve_version(request, version)


@require_safe
def page(request: PersonRequest, public_id: str, number: int) -> HttpResponseBase:
    """Give out the picture of one page of a version; showing the screen wrote it down."""
    return serve_page(_version_for(request.user, public_id), number)


def _version_for(person: User, public_id: str) -> EvidenceVersion:
    """Return the version if this person may open it here; raises Http404 for all others."""
    version = get_object_or_404(
        EvidenceVersion.objects.select_related("evidence__site"), public_id=public_id
    )
    answer = user_can_open_in_review(person, version)
    if user_can_look_at(person, version.evidence):
        refuse_if_gone(version)
    if isinstance(answer, Denied):
        raise Http404(answer.reason)
    return version
