"""The tablet's way in and out: the names, the PIN, finishing."""

import logging

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.people.models import User
from portal.shared_devices.actions.open_with_pin import Opened, PinRefused, open_with_pin
from portal.shared_devices.actions.stay import forget
from portal.shared_devices.forms import NameSearchForm, PinForm
from portal.shared_devices.limits import IDLE
from portal.shared_devices.models import SharedDevice
from portal.shared_devices.names import short_name, shown_names
from portal.shared_devices.queries import called, people_at
from portal.shared_devices.views.page import (
    Here,
    cookie_path,
    current_session,
    device_page,
    person_cookie,
    person_page,
    sent,
    set_cookie,
)

PER_PAGE = 24
security_log = logging.getLogger("wellkept.security")


@require_GET
@device_page
def names(request: HttpRequest, device: SharedDevice) -> HttpResponse:
    """Show the names to choose from. Whoever was at the tablet is forgotten."""
    session = current_session(request, device)
    if session:
        forget(session)
    everybody = people_at(device.site)
    form = NameSearchForm(request.GET)
    words = form.words
    found = everybody.none() if words is None else called(everybody, words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "device": device,
        "form": form,
        "words": words,
        "page": page,
        "names": shown_names(list(page.object_list), everybody),
        "forgot": "forgot" in request.GET,
    }
    response = render(request, "shared_devices/names.html", context)
    response.delete_cookie(person_cookie(), path=cookie_path(), samesite="Strict")
    return response


@require_http_methods(["GET", "POST"])
@device_page
def enter_pin(request: HttpRequest, device: SharedDevice, ref: str) -> HttpResponse:
    """Ask for the PIN of the chosen name; the right one starts a session on this tablet."""
    person = people_at(device.site).filter(public_id=ref).first()
    if person is None:
        raise Http404("This name is not on this tablet.")
    form = PinForm(sent(request))
    shut = ""
    if form.is_valid():
        opened = open_with_pin(device, person, form.cleaned_data["pin"], actor=device)
        if isinstance(opened, Opened):
            return _let_in(request, opened)
        _note(opened, device, person)
        shut = opened.sentence if opened.is_shut else ""
        if not shut:
            form.add_error("pin", opened.sentence)
    context = {
        "device": device,
        "form": form,
        "shut": shut,
        "called": short_name(person),
        "seconds": int(IDLE.total_seconds()),
    }
    return render(request, "shared_devices/pin.html", context)


@require_POST
@person_page(with_any_pin=True)
def finish(request: HttpRequest, here: Here) -> HttpResponse:
    """Forget whoever is at the tablet and show the names to the next person."""
    forget(here.session)
    response = redirect("shared_devices:names")
    response.delete_cookie(person_cookie(), path=cookie_path(), samesite="Strict")
    return response


@require_POST
@person_page(with_any_pin=True)
def still_here(request: HttpRequest, here: Here) -> HttpResponse:
    """Take the word of the page's script that the screen was touched."""
    return HttpResponse(status=204)


def _let_in(request: HttpRequest, opened: Opened) -> HttpResponse:
    rotate_token(request)
    response = redirect("shared_devices:mine")
    set_cookie(response, person_cookie(), opened.key)
    return response


def _note(refused: PinRefused, device: SharedDevice, person: User) -> None:
    security_log.warning(
        "PIN %s device=%s person=%s",
        "shut" if refused.is_shut else "refused",
        device.public_id,
        person.public_id,
    )
