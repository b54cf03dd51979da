"""Find evidence, see one with its whole history, open its files."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from evidence_review.evidence.actions.record_download import record_download
from evidence_review.evidence.delivery import serve_version
from evidence_review.evidence.filters import EvidenceFilter
from evidence_review.evidence.gone import refuse_if_gone
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.permissions import (
    user_can_change_evidence,
    user_can_list_evidence,
    user_can_open_version,
    user_can_upload_evidence,
    user_can_upload_somewhere,
)
from evidence_review.evidence.queries import (
    evidence_history,
    versions_by_evidence,
    visible_evidence,
    visible_versions,
)
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.timeline import timeline
from evidence_review.evidence.views.files import file_rows
from evidence_review.evidence.views.past import NOT_YET, detail_then
from portal.chrome.past import past_form
from portal.people.answers import require
from portal.people.requests import PersonRequest

PAGE = 25


@require_GET
@login_required
def evidence_list(request: PersonRequest) -> HttpResponse:
    """Show the evidence of the person's sites, newest first, filtered as asked."""
    require(user_can_list_evidence(request.user))
    asked = EvidenceFilter(request.GET, person=request.user)
    found = asked.narrow(visible_evidence(request.user))
    page = Paginator(found.select_related("site", "type"), PAGE).get_page(request.GET.get("page"))
    versions = versions_by_evidence(page.object_list)
    newest = file_rows(mine[0] for mine in versions.values())
    rows = {row.version.evidence_id: row for row in newest}
    context = {
        "filter": asked,
        "page": page,
        "rows": [
            (evidence, rows.get(evidence.pk), _approved_before(versions.get(evidence.pk, [])))
            for evidence in page.object_list
        ],
        "may_upload": bool(user_can_upload_somewhere(request.user)),
    }
    return render(request, "evidence/list.html", context)


def _approved_before(versions: list[EvidenceVersion]) -> EvidenceVersion | None:
    """Return the approved version that counts while a newer one is on its way."""
    return next((v for v in versions[1:] if v.state == VersionState.APPROVED), None)


@require_GET
@login_required
def evidence_detail(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show one evidence: facts, versions with their states, and everything that happened to it.

    ``?past=2026-03-31&at=17:00`` shows it as it was, to those who may see it today.
    """
    evidence = get_object_or_404(
        visible_evidence(request.user).select_related("site", "type", "owner", "created_by"),
        public_id=public_id,
    )
    asked = past_form(request.GET)
    context = detail_then(evidence, asked.found()) if asked.is_valid() else None
    if asked.is_valid() and context is None:
        asked.add_error(None, NOT_YET)
    if context is None:
        context = _detail_today(request, evidence)
    history = Paginator(context["history"], PAGE).get_page(request.GET.get("page"))
    context |= {
        "newest": next(iter(context["rows"]), None),
        "history": history,
        "timeline": timeline(history.object_list),
        "past_form": asked,
        "today_url": request.path,
    }
    return render(request, "evidence/detail.html", context)


def _detail_today(request: PersonRequest, evidence: Evidence) -> dict[str, Any]:
    versions = evidence.versions.select_related("uploaded_by", "evidence__site").order_by("-number")
    return {
        "evidence": evidence,
        "rows": file_rows(versions),
        "requirements": evidence.requirements.select_related("edition").order_by(
            "edition__position", "position"
        ),
        "history": evidence_history(evidence),
        "may_change": user_can_change_evidence(request.user, evidence),
        "may_upload": user_can_upload_evidence(request.user, evidence.site),
    }


@require_safe
@login_required
def download(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """Give out one version's file, once its checks are clean, and write that down."""
    version = get_object_or_404(
        visible_versions(request.user).select_related("evidence__site"), public_id=public_id
    )
    refuse_if_gone(version)
    answer = user_can_open_version(request.user, version)
    if not answer:
        raise Http404(getattr(answer, "reason", ""))
    if request.method == "GET":
        record_download(version, actor=request.user)
    return serve_version(request, version)
