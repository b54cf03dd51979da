"""The page behind the first administrator's one-time link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.forms import FirstAdministratorForm
from portal.people.actions.set_up import set_up_portal
from portal.people.first_administrator import is_good
from portal.record.actors import SETUP


@never_cache
@require_http_methods(["GET", "POST"])
def first_administrator(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for the organisation and the first person, and set the portal up with them."""
    if not is_good(key):
        raise Http404("This link was used already, or is too old. Ask for a new one.")
    form = FirstAdministratorForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        set_up_portal(form.details(), data["password"], data["organisation_name"], actor=SETUP)
        messages.success(request, "Your portal is set up. Sign in with your e-mail and password.")
        return redirect("account_login")
    status = 400 if form.errors else 200
    return render(request, "accounts/first_administrator.html", {"form": form}, status=status)
