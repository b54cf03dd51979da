"""What happens around every page: headers, the end of a session, refusals in words."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse

from portal.chrome.errors import refusal
from portal.chrome.sessions import Ended, visit
from portal.refused import Refused

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE_METHODS = frozenset({"GET", "HEAD"})


class PageHeaders:
    """Sets the headers that Django has no setting for, and the admin's own content policy.

    Stands after the content policy's middleware, which reads what is decided here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers added; a view's own headers stay."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # A shared tablet must not show a page again after its reader has signed out.
            response.headers.setdefault("Cache-Control", "no-store")
        if request.path_info.startswith(tuple(settings.CSP_RELAXED_PREFIXES)):
            own = getattr(response, "_csp_config", None) or settings.CSP_RELAXED
            response._csp_config = own  # type: ignore[attr-defined]  # read by django-csp
        return response


class SessionLimits:
    """Ends a session that was idle for too long, or has lasted for too long, and says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on while the session is good; else sign out and lead to the sign-in page."""
        counts = not (
            request.headers.get("X-Background")
            or request.path_info.startswith(tuple(settings.SESSION_QUIET_PREFIXES))
        )
        ended = visit(request.session, counts=counts)
        return self._end(request, ended) if ended else self.get_response(request)

    def _end(self, request: HttpRequest, ended: Ended) -> HttpResponseBase:
        logout(request)
        sentence = f"{ended.sentence} Sign in to carry on."
        if not request.accepts("text/html"):
            return JsonResponse(
                {"title": "Signed out", "status": 401, "detail": sentence}, status=401
            )
        if request.method not in SAFE_METHODS:
            sentence = f"{ended.sentence} What you sent was not saved. Sign in and send it again."
        messages.info(request, sentence)
        if request.path_info == reverse(settings.LOGIN_URL):
            return self.get_response(request)
        if request.method in SAFE_METHODS:
            return redirect_to_login(request.get_full_path())
        return redirect_to_login("/")


class Refusals:
    """Answers a refused request with our page and the reason, wherever in a view it was raised."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on: the work is in ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into a page with its status and reason; leave everything else alone."""
        if isinstance(exception, Refused):
            return refusal(request, exception)
        return None
