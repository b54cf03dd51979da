"""What the pages of a shared tablet have in common: the two cookies, who is there, headers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.people.models import User
from portal.shared_devices.actions.stay import note_use, stay
from portal.shared_devices.limits import IDLE
from portal.shared_devices.models import DeviceSession, SharedDevice
from portal.shared_devices.permissions import user_can_manage_devices
from portal.shared_devices.queries import device_with, session_with

P = ParamSpec("P")
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


@dataclass(frozen=True)
class Here:
    """Who is at the tablet."""

    device: SharedDevice
    session: DeviceSession
    person: User
    seconds: int
    """How long the page may lie untouched where no script runs."""

    @property
    def must_choose(self) -> bool:
        """Whether the person came in with a PIN that somebody handed out."""
        return self.person.pin.must_change


DeviceView = Callable[Concatenate[HttpRequest, SharedDevice, P], HttpResponse]
PersonView = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def device_page(view: DeviceView[P]) -> View[P]:
    """Open a view on a running shared tablet alone, and let nobody stay signed in there."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        device = current_device(request)
        if device is None:
            return _with_headers(not_shared(request))
        if request.user.is_authenticated:
            logout(request)
        note_use(device)
        return _with_headers(view(request, device, *args, **kwargs))

    return answer


def person_page(
    allowance: timedelta = IDLE, *, with_any_pin: bool = False
) -> Callable[[PersonView[P]], View[P]]:
    """Open a view to whoever entered their PIN on this tablet; the clock starts anew.

    Somebody with a PIN that was handed out is led to choose their own, unless ``with_any_pin``.
    """

    def wrap(view: PersonView[P]) -> View[P]:
        @wraps(view)
        def answer(
            request: HttpRequest, device: SharedDevice, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            session = current_session(request, device)
            if session is None:
                return _gone(request)
            here = Here(device, session, session.person, int(allowance.total_seconds()))
            if here.must_choose and not with_any_pin:
                return redirect("shared_devices:new_pin")
            stay(session, allowance)
            return view(request, here, *args, **kwargs)

        return device_page(answer)

    return wrap


def not_shared(request: HttpRequest) -> HttpResponse:
    """Answer where no shared tablet runs: never started, ended, or past its end, all alike."""
    person = request.user
    can_start = isinstance(person, User) and bool(user_can_manage_devices(person))
    context = {"can_start": can_start, "was_shared": device_cookie() in request.COOKIES}
    response = render(request, "shared_devices/not_shared.html", context, status=404)
    response.delete_cookie(device_cookie(), path=cookie_path(), samesite="Strict")
    response.delete_cookie(person_cookie(), path=cookie_path(), samesite="Strict")
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    """Lead back to the names whoever the tablet has forgotten, with no word of who it was."""
    if request.headers.get("X-Background"):
        return JsonResponse({"title": "Forgotten", "status": 401}, status=401)
    return redirect(f"{reverse('shared_devices:names')}?forgot=1")


def _with_headers(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return response


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with a form, empty or not; None when nothing was sent."""
    return request.POST if request.method == "POST" else None


def current_device(request: HttpRequest) -> SharedDevice | None:
    """Return the running device this browser is, if it is one."""
    key = request.COOKIES.get(device_cookie())
    return device_with(key) if key else None


def current_session(request: HttpRequest, device: SharedDevice) -> DeviceSession | None:
    """Return the session of whoever is at this device."""
    key = request.COOKIES.get(person_cookie())
    return session_with(device, key) if key else None


def device_cookie() -> str:
    """Name the cookie that makes a browser a shared tablet."""
    return _cookie_name("shared-device")


def person_cookie() -> str:
    """Name the cookie of whoever is at the tablet."""
    return _cookie_name("shared-person")


def cookie_path() -> str:
    """Return the part of the portal to which both cookies are sent: nothing else sees them."""
    return reverse("shared_devices:names")


def set_cookie(
    response: HttpResponse, name: str, key: str, *, until: datetime | None = None
) -> None:
    """Set one of the two cookies: no script can read it, no other site can have it sent."""
    response.set_cookie(
        name,
        key,
        expires=until,
        path=cookie_path(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _cookie_name(thing: str) -> str:
    """Over HTTPS the name itself makes browsers insist on that."""
    return f"__Secure-{thing}" if settings.SESSION_COOKIE_SECURE else thing
