"""The button that reminds people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST

from portal.chrome.words import in_words
from portal.people.requests import PersonRequest
from portal.reading.actions.nudge import Nudged, nudge
from portal.reading.views.follow_up.asked_for import Asked, asked_for

_NAMED = 10


@require_POST
@login_required
def nudge_readers(request: PersonRequest, slug: str) -> HttpResponse:
    """Remind those who have not confirmed, or the one ``person``, then go back to the list."""
    asked = asked_for(request)
    page = asked.policy(slug)
    public_id = request.POST.get("person", "")
    only = asked.reader(public_id) if public_id else None
    nudged = nudge(page, actor=request.user, sites=asked.reach, role=asked.role, only=only)
    messages.success(request, _said(nudged))
    return redirect(_back(request, asked, slug))


def _said(nudged: Nudged) -> str:
    said = [f"{in_words(nudged.sent, 'reminder is,reminders are')} on the way.".capitalize()]
    if nudged.had_one:
        words = in_words(nudged.had_one, "person was,people were")
        said.append(f"{words} reminded less than 24 hours ago and got no second one.")
    if nudged.without_address:
        said.append(f"Tell these yourself, they have no e-mail address: {_names(nudged)}.")
    return " ".join(said)


def _names(nudged: Nudged) -> str:
    names = [str(person) for person in nudged.without_address]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _back(request: PersonRequest, asked: Asked, slug: str) -> str:
    """Return the page the button was on: a page of ours, or the policy's with its filters."""
    address = request.POST.get("next", "")
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, None):
        return address
    kept = {"site": asked.site_ref, "role": asked.role}
    chosen = {name: value for name, value in kept.items() if value}
    page = reverse("follow_up:readers", args=(slug,))
    return f"{page}?{urlencode(chosen)}" if chosen else page
