"""What an inspector who is in may read: the summary, page by page, and the files in it."""

import re
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from evidence_review.evidence.delivery import serve_version
from evidence_review.inspection.actions.record_download import record_download
from evidence_review.inspection.actions.record_look import record_look
from evidence_review.inspection.models import InspectorSession
from evidence_review.inspection.parts import label_of
from evidence_review.inspection.provider import provider_shown
from evidence_review.inspection.scope import shown_versions
from evidence_review.inspection.sessions import unbroken
from evidence_review.inspection.summary import (
    claims_of,
    for_printing,
    overview,
    page_of,
    requirement,
    section,
)
from evidence_review.inspection.views.page import current_session, inspection_page, to_the_door
from portal.people.answers import NotPermitted
from portal.record.models import Event

_NAME = re.compile(r"[A-Za-z0-9._:-]{1,80}")
"""What keys of parts and public ids are made of; anything else is never looked for."""


@inspection_page
@require_GET
def summary(request: HttpRequest, link_key: str) -> HttpResponse:
    """Show the summary, or the part of it that ``?part=`` names; ``?view=print`` for paper."""
    session = current_session(request, link_key)
    if session is None:
        return to_the_door(request, link_key)
    key = request.GET.get("part", "")
    found = _content(request, session, key) if not key or _NAME.fullmatch(key) else None
    if found is None:
        return _nothing_there(request, session)
    template, name, content = found
    try:
        event = record_look(session, name, actor=session.access)
    except NotPermitted:
        return to_the_door(request, link_key)
    return render(request, template, _frame(session, event) | content)


@inspection_page
@require_GET
def download(request: HttpRequest, link_key: str, public_id: str) -> HttpResponseBase:
    """Give out one file for as long as the access lasts, and write that down first."""
    session = current_session(request, link_key)
    if session is None:
        return to_the_door(request, link_key)
    shown = shown_versions(session.access).select_related("evidence")
    version = shown.filter(public_id=public_id).first() if _NAME.fullmatch(public_id) else None
    if version is None:
        return _nothing_there(request, session)
    try:
        record_download(session, version, actor=session.access)
    except NotPermitted:
        return to_the_door(request, link_key)
    return serve_version(request, version, still_allowed=partial(_may_go_on, session, version.pk))


def _may_go_on(session: InspectorSession, version_pk: int) -> bool:
    """Ask again while the bytes run: the access, the session and the file must all still stand."""
    return (
        unbroken().filter(pk=session.pk).exists()
        and shown_versions(session.access).filter(pk=version_pk).exists()
    )


def _content(
    request: HttpRequest, session: InspectorSession, key: str
) -> tuple[str, str, dict[str, Any]] | None:
    """Return template, name for the record, and content of a page; ``None`` for an unknown part."""
    access = session.access
    if request.GET.get("view") == "print":
        chapters, is_cut = for_printing(access, key)
        if key and not chapters:
            return None
        content = {"chapters": chapters, "is_cut": is_cut, "part": key}
        return "inspection/print.html", f"print:{key or 'summary'}", content
    if ":" in key:
        return _one_requirement(request, session, key)
    if key:
        chapter = section(access, key)
        name = chapter.parts[0].requirement.section if chapter else ""
        content = {"chapter": chapter, "section_name": name, "part": key}
        return ("inspection/section.html", key, content) if chapter else None
    return "inspection/summary.html", "summary", {"chapters": overview(access)}


def _one_requirement(
    request: HttpRequest, session: InspectorSession, code: str
) -> tuple[str, str, dict[str, Any]] | None:
    row = requirement(session.access, code)
    if row is None:
        return None
    show_all = request.GET.get("all") == "1"
    page = page_of(row, request.GET.get("page"), show_all=show_all)
    claims, has_more_claims = claims_of(row, session.access, show_all=show_all)
    content = {
        "requirement": row,
        "label": label_of(row),
        "page": page,
        "claims": claims if page.number == 1 else [],
        "has_more": has_more_claims or page.has_other_pages(),
        "show_all": show_all,
        "part": row.code,
    }
    return "inspection/requirement.html", row.code, content


def _frame(session: InspectorSession, event: Event | None = None) -> dict[str, Any]:
    """Return what stands around every page: whose summary, who looks, until when."""
    access = session.access
    return {
        "access": access,
        "link_key": access.link_key,
        "inspector_name": access.name,
        "access_ends": access.ends,
        "sign_out_url": reverse("inspection:leave", args=[access.link_key]),
        "provider": provider_shown(access),
        "entries": event.seq if event else 0,
        "today": timezone.now(),
    }


def _nothing_there(request: HttpRequest, session: InspectorSession) -> HttpResponse:
    return render(request, "inspection/nothing_there.html", _frame(session), status=404)
