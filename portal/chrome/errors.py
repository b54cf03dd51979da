"""Error pages. Those that answer a broken portal ask the database for nothing."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.refused import Refused

_HEADINGS = {
    403: "You may not do that",
    409: "Something changed in the meantime",
    410: "This is not here any more",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 without asking the database: the request may be nonsense all through."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the reason where the exception carries a sentence."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer with a refusal's own status and reason, when no view of its room did."""
    heading = _HEADINGS.get(refused.status, "That is not possible")
    context = {"heading": heading, "reason": refused.reason}
    return render(request, "403.html", context, status=refused.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form whose protection did not match: most often a page left open."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, with the sentence of the exception when a view of ours wrote one."""
    said = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    reason = said if isinstance(said, str) and said.endswith(".") else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database, which may be what is broken."""
    return render(request, "500.html", status=500)
