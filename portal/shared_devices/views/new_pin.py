"""Choosing a PIN of one's own: on the tablet after a handed-out one, or on the account page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.shared_devices.actions.choose_pin import BadPin, choose_pin
from portal.shared_devices.forms import NewPinForm
from portal.shared_devices.models import DeviceSession
from portal.shared_devices.views.page import Here, person_page, sent


@require_http_methods(["GET", "POST"])
@person_page(with_any_pin=True)
def new_pin(request: HttpRequest, here: Here) -> HttpResponse:
    """Let somebody who came in with a handed-out PIN choose their own."""
    if not here.must_choose:
        return redirect("shared_devices:mine")
    form = NewPinForm(sent(request))
    if _chosen(form, here.person, here.session):
        return redirect("shared_devices:mine")
    return render(request, "shared_devices/new_pin.html", {"here": here, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def own_pin(request: PersonRequest) -> HttpResponse:
    """Let somebody who is signed in choose their PIN for shared tablets."""
    form = NewPinForm(sent(request))
    if _chosen(form, request.user):
        messages.success(request, "Your PIN is set. It works on every shared tablet of your site.")
        return redirect("accounts:account")
    status = 400 if form.errors else 200
    return render(request, "shared_devices/own_pin.html", {"form": form}, status=status)


def _chosen(form: NewPinForm, person: User, session: DeviceSession | None = None) -> bool:
    """Keep what a valid form says; show beside the field what is wrong with it."""
    if not form.is_valid():
        return False
    try:
        choose_pin(form.cleaned_data["pin"], actor=person, session=session)
    except BadPin as refused:
        form.add_error("pin", refused.reason)
        return False
    return True
