"""For managers: hand out a PIN for first use."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.people.answers import require
from portal.people.models import Site
from portal.people.queries import sites_for
from portal.people.requests import PersonRequest
from portal.shared_devices.actions.hand_out_pin import hand_out_pin
from portal.shared_devices.forms import NameSearchForm
from portal.shared_devices.limits import HANDED_OUT_LASTS
from portal.shared_devices.permissions import DEVICE_MANAGERS, user_can_manage_devices
from portal.shared_devices.queries import called, people_at

PER_PAGE = 50


@never_cache
@require_GET
@login_required
def people(request: PersonRequest) -> HttpResponse:
    """Lead to the people of the manager's site, or let them choose among several."""
    require(user_can_manage_devices(request.user))
    sites = list(sites_for(request.user, DEVICE_MANAGERS))
    if len(sites) == 1:
        return redirect("shared_devices:people_at", sites[0].public_id)
    return render(request, "shared_devices/sites.html", {"sites": sites})


@never_cache
@require_GET
@login_required
def people_of_site(request: PersonRequest, site_ref: str) -> HttpResponse:
    """List who is on the tablets of one site. Who has a PIN is nobody's business."""
    site = _site(request, site_ref)
    form = NameSearchForm(request.GET)
    words = form.words
    everybody = people_at(site)
    found = everybody.none() if words is None else called(everybody, words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"site": site, "form": form, "words": words, "page": page}
    return render(request, "shared_devices/people.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def give_pin(request: PersonRequest, site_ref: str, ref: str) -> HttpResponse:
    """Hand out a new PIN and show it this once."""
    site = _site(request, site_ref)
    person = people_at(site).filter(public_id=ref).first()
    if person is None:
        raise Http404("Nobody of that name works at this site today.")
    pin = hand_out_pin(person, site, actor=request.user) if request.method == "POST" else ""
    context = {"site": site, "person": person, "pin": pin, "days": HANDED_OUT_LASTS.days}
    return render(request, "shared_devices/give_pin.html", context)


def _site(request: PersonRequest, ref: str) -> Site:
    """Return a site whose tablets the person manages; any other is not there for them."""
    require(user_can_manage_devices(request.user))
    site = sites_for(request.user, DEVICE_MANAGERS).filter(public_id=ref).first()
    if site is None:
        raise Http404("This is no site of yours.")
    return site
