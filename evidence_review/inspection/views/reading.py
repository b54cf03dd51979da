"""What an inspector who is in may read: the summary, page by page, and the files in it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from evidence_review.evidence.delivery import serve_version
from evidence_review.inspection.actions.record_download import record_download
from evidence_review.inspection.actions.record_look import record_look
from evidence_review.inspection.models import InspectorAccess, InspectorSession
from evidence_review.inspection.pages import NAME, Asked
from evidence_review.inspection.permissions import look_back
from evidence_review.inspection.provider import provider_shown
from evidence_review.inspection.scope import shown_versions
from evidence_review.inspection.sessions import unbroken
from evidence_review.inspection.shown import provider_facts
from evidence_review.inspection.views.page import current_session, inspection_page, to_the_door
from evidence_review.inspection.views.sheets import page_now, page_then
from portal.chrome.past import past_form
from portal.people.answers import NotPermitted


@inspection_page
@require_GET
def summary(request: HttpRequest, link_key: str) -> HttpResponse:
    """Show the summary, or the part of it that ``?part=`` names; ``?view=print`` for paper."""
    session = current_session(request, link_key)
    if session is None:
        return to_the_door(request, link_key)
    access, asked = session.access, Asked.of(request.GET)
    form = past_form(request.GET, **look_back(access))
    past = form.found() if form.is_valid() else None
    shown = asked and (page_then(access, asked, past) if past else page_now(access, asked))
    if not asked or not shown:
        return _nothing_there(request, session)
    sheet, frame = shown
    try:
        when = past.when if past else None
        event = record_look(session, asked.name, sheet.facts, actor=access, past=when)
    except NotPermitted:
        return to_the_door(request, link_key)
    around = {"today": event.at, "entries": event.seq, "pages": sheet.pages, "past_form": form}
    return render(request, sheet.template, _door(access) | around | frame | sheet.facts)


@inspection_page
@require_GET
def download(request: HttpRequest, link_key: str, public_id: str) -> HttpResponseBase:
    """Give out one file for as long as the access lasts, and write that down first."""
    session = current_session(request, link_key)
    if session is None:
        return to_the_door(request, link_key)
    shown = shown_versions(session.access).select_related("evidence")
    version = shown.filter(public_id=public_id).first() if NAME.fullmatch(public_id) else None
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


def _door(access: InspectorAccess) -> dict[str, Any]:
    """Return what stands around every page of an inspector: who looks, until when, the way out."""
    return {
        "link_key": access.link_key,
        "inspector_name": access.name,
        "access_ends": access.ends,
        "sign_out_url": reverse("inspection:leave", args=[access.link_key]),
    }


def _nothing_there(request: HttpRequest, session: InspectorSession) -> HttpResponse:
    access = session.access
    provider = provider_facts(provider_shown(access))
    frame = _door(access) | {"provider": provider}
    return render(request, "inspection/nothing_there.html", frame, status=404)
