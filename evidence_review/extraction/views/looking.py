"""Looking at a version without opening its file: its pages, its text, what changed in it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evidence_review.evidence.gone import refuse_if_gone
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import visible_versions
from evidence_review.evidence.states import VersionState
from evidence_review.extraction.actions.look_at import look_at
from evidence_review.extraction.comparing import text_difference
from evidence_review.extraction.permissions import user_can_look_inside
from evidence_review.extraction.previews import preview_of
from evidence_review.extraction.serving import serve_page
from portal.people.models import User
from portal.people.requests import PersonRequest


def _version_for(person: User, public_id: str) -> EvidenceVersion:
    """Return the version if this person may look inside; raises Http404 for all others."""
    version = get_object_or_404(
        visible_versions(person).select_related("evidence__site"), public_id=public_id
    )
    refuse_if_gone(version)
    answer = user_can_look_inside(person, version)
    if not answer:
        raise Http404(getattr(answer, "reason", ""))
    return version


@require_safe
@login_required
def preview(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show pictures of the pages, or the text, of one version."""
    version = _version_for(request.user, public_id)
    shown = preview_of(version)
    look_at(shown, actor=request.user)
    return render(
        request,
        "extraction/preview.html",
        {"preview": shown, "version": version, "evidence": version.evidence},
    )


@require_safe
@login_required
def page(request: PersonRequest, public_id: str, number: int) -> HttpResponse:
    """Give out the picture of one page."""
    return serve_page(_version_for(request.user, public_id), number)


@require_safe
@login_required
def difference(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show what changed in the text between this version and another one of the evidence."""
    version = _version_for(request.user, public_id)
    others = [
        other
        for other in version.evidence.versions.select_related("evidence__site")
        if other.pk != version.pk and user_can_look_inside(request.user, other)
    ]
    other = _chosen(request, version, others)
    pair = sorted((version, other), key=lambda each: each.number) if other else []
    for each in pair:
        look_at(preview_of(each), actor=request.user)
    return render(
        request,
        "extraction/difference.html",
        {
            "version": version,
            "evidence": version.evidence,
            "others": others,
            "other": other,
            "difference": text_difference(*pair) if pair else None,
        },
    )


def _chosen(
    request: HttpRequest, version: EvidenceVersion, others: list[EvidenceVersion]
) -> EvidenceVersion | None:
    """The version that was asked for; else the approved one; else the one before, or any."""
    wanted = request.GET.get("with", "")
    if wanted:
        return next((other for other in others if other.public_id == wanted), None)
    approved = [other for other in others if other.state == VersionState.APPROVED]
    before = [other for other in others if other.number < version.number]
    return next(iter([*approved, *before, *others]), None)
