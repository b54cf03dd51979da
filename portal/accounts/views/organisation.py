"""The organisation in the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from portal.accounts.codes import what_surprises_about
from portal.accounts.history import history_of
from portal.accounts.place_forms import OrganisationForm
from portal.accounts.views.screens import PlacesScreen
from portal.people.actions.place import set_organisation
from portal.people.queries import the_organisation
from portal.people.requests import PersonRequest


class OrganisationView(PlacesScreen):
    """Who the provider is, and what it was called before."""

    template_name = "accounts/admin/organisation.html"
    page_title = "Organisation"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form."""
        return self.show(form=OrganisationForm(organisation=the_organisation()))

    def post(self, request: PersonRequest) -> HttpResponse:
        """Save it."""
        form = OrganisationForm(request.POST, organisation=the_organisation())
        if not form.is_valid():
            return self.show(status=400, form=form)
        set_organisation(form.cleaned_data, actor=request.user)
        messages.success(request, "The details of your organisation are saved.")
        return redirect("places:organisation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what surprises about the codes, and the history."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        organisation = the_organisation()
        if organisation is None:
            return context | {"surprises": [], "history": None}
        return context | {
            "surprises": what_surprises_about(organisation),
            "organisation": organisation,
            "history": history_of(organisation.record_ref),
        }
