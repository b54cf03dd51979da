"""A file that a policy offers, for those who may read the policy."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from evidence_review.evidence.actions.record_policy_download import record_policy_download
from evidence_review.evidence.delivery import serve_version
from evidence_review.evidence.gone import refuse_if_gone
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.permissions import version_can_be_served
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.policies.queries import offers_download


@require_safe
@login_required
def download_for_policy(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """Give out the bytes that were pinned, once their checks are clean, and write that down."""
    versions = EvidenceVersion.objects.select_related("evidence__site")
    version = get_object_or_404(versions, public_id=public_id)
    if not offers_download(request.user, version.public_id, version.sha256):
        raise Http404("No policy that you read offers this file.")
    refuse_if_gone(version)
    require(version_can_be_served(version))
    if request.method == "GET":
        record_policy_download(version, actor=request.user)
    return serve_version(request, version)
