"""The poster of a policy: print it, hang it up, scan it."""

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.reading.permissions import user_can_make_posters
from portal.reading.queries.policy import open_policy


@require_safe
@login_required
def poster(request: PersonRequest, slug: str) -> HttpResponse:
    """Show a page of A4 with the policy's title and its address as a QR code."""
    require(user_can_make_posters(request.user))
    standing = open_policy(slug, request.user)
    base: str = settings.WAGTAILADMIN_BASE_URL
    address = base.rstrip("/") + reverse("reading:policy", args=[standing.page.slug])
    context = {"page": standing.page, "address": address, "code": qr_code(address)}
    return render(request, "reading/poster.html", context)


def qr_code(address: str) -> SafeString:
    """Return an address as a QR code that stands a quarter of dirt, drawn as SVG without styles."""
    drawn = segno.make(address, error="q", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="wk-poster__code", lineclass=None, dark="#000"
    )
    # The library draws squares; the address is in their places, not in the text.
    return SafeString(drawn)
