"""The page on which anybody may check a checkpoint, a proof or a printed sheet."""

import re

from allauth.core.ratelimit import consume, respond_429
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.anchors.forms import LONGEST, CheckForm
from portal.anchors.handed_in import Line, examine, examine_sheet
from portal.sealing.queries import newest_seal

_LONGEST_BODY = 5 * LONGEST
"""Of a request: a text in a form may take three bytes for one."""
_SIZE = re.compile(r"[0-9]{1,16}")
_ROOT = re.compile(r"[0-9a-f]{64}")


# It changes nothing and acts for nobody, so there is nothing that a token would protect; and
# without one the page needs no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for something to check; answer for what was handed in, or stands in the address."""
    if request.method != "POST":
        return _page(request, CheckForm(), lines=_from_address(request))
    if int(request.META.get("CONTENT_LENGTH") or 0) > _LONGEST_BODY:
        return _page(request, CheckForm({}, is_too_long=True), status=413)
    # Strangers get no room on the disk, and this page needs none.
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    if not consume(request, action="record_check"):
        wait: HttpResponse = respond_429(request)
        return wait
    return _page(request, form, lines=examine(form.handed_in(), form.body()))


@never_cache
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Give the newest checkpoint as it was signed: whoever wants may keep one."""
    seal = newest_seal()
    if seal is None:
        raise Http404("Nothing is sealed yet. Look again in a few minutes.")
    return HttpResponse(seal.note, content_type="text/plain; charset=utf-8")


def _from_address(request: HttpRequest) -> list[Line]:
    """Answer for a sheet whose code was scanned: its numbers stand in the address."""
    size, root = request.GET.get("events", ""), request.GET.get("root", "")
    if _SIZE.fullmatch(size) and _ROOT.fullmatch(root):
        return examine_sheet(int(size), root)
    return []


def _page(
    request: HttpRequest, form: CheckForm, *, lines: list[Line] | None = None, status: int = 200
) -> HttpResponse:
    seal = newest_seal()
    origin = seal.note.partition("\n")[0] if seal else ""
    context = {
        "form": form,
        "lines": lines or [],
        "all_hold": all(line.holds for line in lines or []),
        "seal": seal,
        "origin": origin,
    }
    return render(request, "anchors/check.html", context, status=status)
