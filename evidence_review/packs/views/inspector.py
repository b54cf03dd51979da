"""What an inspector does with packs: have one made, follow it, download it."""

import re
from contextlib import suppress
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from evidence_review.inspection.models import InspectorSession
from evidence_review.inspection.provider import provider_shown
from evidence_review.inspection.sessions import unbroken
from evidence_review.inspection.views.page import current_session, inspection_page, to_the_door
from evidence_review.packs.actions.record_download import record_inspectors_download
from evidence_review.packs.actions.request_pack import request_own_pack
from evidence_review.packs.delivery import serve_pack
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import (
    inspector_can_ask_for_pack,
    inspector_can_download_pack,
)
from evidence_review.packs.progress import progress_of
from evidence_review.packs.queries import newest_of_access, newest_ready_of_access
from evidence_review.packs.states import UNDER_WAY, PackState
from evidence_review.packs.withdrawal import holds_gone, removed_for_what_is_gone
from portal.people.answers import NotPermitted

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


@inspection_page
@require_GET
def packs(request: HttpRequest, link_key: str) -> HttpResponse:
    """Show the newest pack, how far the next one is, and the way to have one made."""
    session = current_session(request, link_key)
    if session is None:
        return to_the_door(request, link_key)
    return render(request, "packs/inspector.html", _content(session))


@inspection_page
@require_POST
def ask_for_pack(request: HttpRequest, link_key: str) -> HttpResponse:
    """Have a pack made of exactly what the access shows."""
    session = current_session(request, link_key)
    if session is None:
        return to_the_door(request, link_key)
    # Refused, the page says why, or leads to the door when the access is over.
    with suppress(NotPermitted):
        request_own_pack(session, actor=session.access)
    return redirect("inspectors_packs:packs", link_key)


@inspection_page
@require_GET
def download_pack(request: HttpRequest, link_key: str, public_id: str) -> HttpResponseBase:
    """Give out a pack for as long as the access lasts, and write that down first."""
    session = current_session(request, link_key)
    if session is None:
        return to_the_door(request, link_key)
    own = Pack.objects.filter(access=session.access)
    pack = own.filter(public_id=public_id).first() if _NAME.fullmatch(public_id) else None
    if (
        pack is None
        or not inspector_can_download_pack(session, pack)
        or removed_for_what_is_gone(pack)
    ):
        return render(request, "inspection/nothing_there.html", _frame(session), status=404)
    try:
        record_inspectors_download(session, pack, actor=session.access)
    except NotPermitted:
        return to_the_door(request, link_key)
    return serve_pack(request, pack, still_allowed=partial(_may_go_on, session.pk, pack.pk))


def _may_go_on(session_pk: int, pack_pk: int) -> bool:
    """Ask again while the bytes run: the access and the session must still stand."""
    session = unbroken().select_related("access").filter(pk=session_pk).first()
    if session is None:
        return False
    own = Pack.objects.filter(access=session.access, state=PackState.READY)
    pack = own.filter(pk=pack_pk).first()
    return pack is not None and not holds_gone(pack)


def _content(session: InspectorSession) -> dict[str, Any]:
    newest = newest_of_access(session.access)
    answer = inspector_can_ask_for_pack(session)
    return _frame(session) | {
        "ready": newest_ready_of_access(session.access),
        "newest": newest,
        "progress": progress_of(newest) if newest else None,
        "is_moving": newest is not None and newest.state in UNDER_WAY,
        "answer": answer,
    }


def _frame(session: InspectorSession) -> dict[str, Any]:
    access = session.access
    return {
        "access": access,
        "link_key": access.link_key,
        "inspector_name": access.name,
        "access_ends": access.ends,
        "sign_out_url": reverse("inspection:leave", args=[access.link_key]),
        "provider": provider_shown(access),
    }
