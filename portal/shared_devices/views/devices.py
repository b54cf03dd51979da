"""For managers: start shared mode, see which tablets are shared, unlock names, end it."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.people.answers import require
from portal.people.models import User
from portal.people.queries import sites_for
from portal.people.requests import PersonRequest
from portal.shared_devices.actions.end_device import end_device
from portal.shared_devices.actions.start_device import start_device
from portal.shared_devices.actions.unlock_name import unlock_name
from portal.shared_devices.forms import StartForm
from portal.shared_devices.models import SharedDevice
from portal.shared_devices.permissions import DEVICE_MANAGERS, user_can_manage_devices
from portal.shared_devices.queries import locked_names, running_devices
from portal.shared_devices.views.page import (
    cookie_path,
    current_device,
    device_cookie,
    person_cookie,
    sent,
    set_cookie,
)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def start(request: PersonRequest) -> HttpResponse:
    """Turn this very browser into a shared tablet and sign the manager out of it."""
    require(user_can_manage_devices(request.user))
    if current_device(request):
        return redirect("shared_devices:leave")
    form = StartForm(sent(request), actor=request.user)
    if not form.is_valid():
        status = 400 if form.errors else 200
        return render(request, "shared_devices/start.html", {"form": form}, status=status)
    said = form.cleaned_data
    started = start_device(said["site"], said["name"], until=form.ends_at(), actor=request.user)
    logout(request)
    response = redirect("shared_devices:names")
    set_cookie(response, device_cookie(), started.key, until=started.device.ends_at)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def leave(request: PersonRequest) -> HttpResponse:
    """End shared mode on the tablet one holds in one's hands."""
    require(user_can_manage_devices(request.user))
    device = current_device(request)
    if device is None:
        return redirect("shared_devices:devices")
    if request.method != "POST":
        return render(request, "shared_devices/leave.html", {"device": device})
    end_device(device, actor=request.user)
    messages.success(request, f"Shared mode has ended on this tablet ({device.name}).")
    response = redirect("shared_devices:devices")
    for name in (device_cookie(), person_cookie()):
        response.delete_cookie(name, path=cookie_path(), samesite="Strict")
    return response


@never_cache
@require_GET
@login_required
def devices(request: PersonRequest) -> HttpResponse:
    """List the shared tablets of the manager's sites, with the names that are locked on them."""
    require(user_can_manage_devices(request.user))
    running = _theirs(request.user)
    locked = {
        device: list(rows)
        for device, rows in groupby(locked_names(running), key=lambda name: name.device_id)
    }
    shown = [(device, locked.get(device.pk, [])) for device in running]
    return render(request, "shared_devices/devices.html", {"devices": shown})


@require_POST
@login_required
def end(request: PersonRequest, ref: str) -> HttpResponse:
    """End a shared tablet from afar."""
    device = _device(request.user, ref)
    end_device(device, actor=request.user)
    messages.success(request, f"Shared mode has ended on {device.name}.")
    return redirect("shared_devices:devices")


@require_POST
@login_required
def unlock(request: PersonRequest, ref: str, person_ref: str) -> HttpResponse:
    """Let somebody try their PIN again."""
    device = _device(request.user, ref)
    person = User.objects.filter(public_id=person_ref).first()
    if person is None:
        raise Http404
    if unlock_name(device, person, actor=request.user):
        messages.success(request, f"{person} can try the PIN again.")
    return redirect("shared_devices:devices")


def _theirs(person: User) -> QuerySet[SharedDevice]:
    return running_devices().filter(site__in=sites_for(person, DEVICE_MANAGERS))


def _device(person: User, ref: str) -> SharedDevice:
    """Return a running device of the manager's own sites; any other is not there for them."""
    require(user_can_manage_devices(person))
    device = _theirs(person).filter(public_id=ref).first()
    if device is None:
        raise Http404("This tablet is not in shared mode any more.")
    return device
