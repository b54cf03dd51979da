"""What every page behind an inspector's link has in common: headers, forms, the two cookies."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

from evidence_review.inspection.models import InspectorSession
from evidence_review.inspection.permissions import inspector_can_enter
from evidence_review.inspection.queries import access_with_link, is_link_key
from evidence_review.inspection.sessions import session_with

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


class LinkCsrf(CsrfViewMiddleware):
    """Django's protection of forms, on pages that send no referrer.

    Under ``Referrer-Policy: no-referrer`` a browser sends ``Origin: null`` with our own forms,
    which Django refuses. Here that origin is let through to what protects the form: the token, and
    an address with 256 random bits, which another site would have to know.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] == "null":
            return True
        verified: bool = super()._origin_verified(request)  # type: ignore[misc]  # not in the stubs
        return verified


def inspection_page(view: View[P]) -> View[P]:
    """Give a view behind a link its headers and its form protection, whatever it answers."""
    protected = decorator_from_middleware(LinkCsrf)(view)

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response: HttpResponseBase = protected(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    # Not unprotected: LinkCsrf takes the place of the middleware it stands down here.
    return csrf_exempt(answer)


def dead_link(request: HttpRequest) -> HttpResponse:
    """Answer for a link that was never given, has ended or was ended: always the same page.

    404 and not 410 for the latter two, so that the answer tells nobody whether there was a link.
    """
    return render(request, "inspection/dead_link.html", status=404)


def to_the_door(request: HttpRequest, link_key: str) -> HttpResponse:
    """Lead somebody without a session to the start of the way in, if the link works."""
    access = access_with_link(link_key)
    if access is None or not inspector_can_enter(access):
        return dead_link(request)
    return redirect("inspection:open", link_key)


def cookie_name(thing: str) -> str:
    """Return the name of a cookie of ours; over HTTPS browsers then insist on that."""
    return f"__Secure-{thing}" if settings.SESSION_COOKIE_SECURE else thing


def session_cookie() -> str:
    """Name the cookie with the session's key."""
    return cookie_name("inspector")


def browser_cookie() -> str:
    """Name the cookie that tells which browser asked for a code."""
    return cookie_name("inspector-asked")


def set_cookie(
    response: HttpResponse, name: str, value: str, *, link_key: str, seconds: int
) -> None:
    """Set a cookie that is sent to the pages of this link only and that no script can read."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=reverse("inspection:open", args=[link_key]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def current_session(request: HttpRequest, link_key: str) -> InspectorSession | None:
    """Return the session of this browser under this link, if it may be shown anything now."""
    key = request.COOKIES.get(session_cookie())
    return session_with(link_key, key) if key and is_link_key(link_key) else None
