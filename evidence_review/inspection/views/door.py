"""The inspector's way in: the link, a code by e-mail, a session."""

import logging

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evidence_review.inspection.actions.close_session import close_session
from evidence_review.inspection.actions.open_session import CodeRefused, Opened, open_session
from evidence_review.inspection.actions.send_code import Asker, send_code
from evidence_review.inspection.forms import CodeForm
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.permissions import inspector_can_enter
from evidence_review.inspection.queries import access_with_link
from evidence_review.inspection.throttle import WINDOW
from evidence_review.inspection.views.page import (
    browser_cookie,
    current_session,
    dead_link,
    inspection_page,
    session_cookie,
    set_cookie,
)
from portal.people.answers import NotPermitted

security_log = logging.getLogger("wellkept.security")


@inspection_page
@require_GET
def open_link(request: HttpRequest, link_key: str) -> HttpResponse:
    """Say who invites and until when. Changes nothing: mail programs open links by themselves."""
    if current_session(request, link_key):
        return redirect("inspection:summary", link_key)
    access = access_with_link(link_key)
    if access is None or access.state.is_over:
        return dead_link(request)
    return _door(request, access)


@inspection_page
@require_POST
def ask_for_code(request: HttpRequest, link_key: str) -> HttpResponse:
    """Have a code mailed, and go on to where it is typed."""
    access = access_with_link(link_key)
    if access is None or not inspector_can_enter(access):
        return dead_link(request)
    asker = Asker(browser_key=request.COOKIES.get(browser_cookie()), address=_address(request))
    try:
        browser_key = send_code(access, asker, actor=access)
    except NotPermitted as refused:
        _note("code throttled", access, request)
        return _door(request, access, problem=refused.reason, status=429)
    response = redirect("inspection:code", link_key)
    set_cookie(response, browser_cookie(), browser_key, link_key=link_key, seconds=WINDOW.seconds)
    return response


@inspection_page
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest, link_key: str) -> HttpResponse:
    """Ask for the code; the right one starts a session."""
    access = access_with_link(link_key)
    if access is None or not inspector_can_enter(access):
        return dead_link(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = _open(request, access, form.cleaned_data["code"])
        if isinstance(opened, Opened):
            return _let_in(link_key, opened)
        form.add_error("code", opened.sentence)
    context = {"form": form, "access": access, "link_key": link_key}
    return render(request, "inspection/code.html", context)


@inspection_page
@require_POST
def leave(request: HttpRequest, link_key: str) -> HttpResponse:
    """Sign the inspector out."""
    session = current_session(request, link_key)
    if session is None:
        return redirect("inspection:open", link_key)
    close_session(session, actor=session.access)
    response = _door(request, session.access, has_left=True)
    response.delete_cookie(session_cookie(), path=request.path.removesuffix("leave/"))
    return response


def _door(
    request: HttpRequest,
    access: InspectorAccess,
    *,
    problem: str = "",
    has_left: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "access": access,
        "link_key": access.link_key,
        "is_open": access.is_open(),
        "host": access.email.rpartition("@")[2],
        "problem": problem,
        "has_left": has_left,
        "timed_out": not (has_left or problem) and session_cookie() in request.COOKIES,
    }
    return render(request, "inspection/door.html", context, status=status)


def _open(request: HttpRequest, access: InspectorAccess, code: str) -> Opened | CodeRefused:
    browser_key = request.COOKIES.get(browser_cookie(), "")
    try:
        opened = open_session(access, code, browser_key=browser_key, actor=access)
    except NotPermitted as refused:
        opened = CodeRefused(refused.reason)
    if isinstance(opened, CodeRefused):
        _note("code refused", access, request)
    return opened


def _let_in(link_key: str, opened: Opened) -> HttpResponse:
    response = redirect("inspection:summary", link_key)
    seconds = settings.SESSION_COOKIE_AGE
    set_cookie(response, session_cookie(), opened.key, link_key=link_key, seconds=seconds)
    response.delete_cookie(browser_cookie(), path=response["Location"].removesuffix("summary/"))
    return response


def _address(request: HttpRequest) -> str:
    """Return the network address, found as for everybody's sign-in."""
    return str(get_adapter(request).get_client_ip(request))


def _note(what: str, access: InspectorAccess, request: HttpRequest) -> None:
    security_log.warning(
        "inspector %s access=%s address=%s", what, access.public_id, _address(request)
    )
