"""One site in the admin: add it, see it, correct it, close it, open it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from portal.accounts.codes import what_surprises_about
from portal.accounts.history import history_of
from portal.accounts.place_forms import SiteForm
from portal.accounts.queries import count_people_at
from portal.accounts.views.screens import OneSite, PlacesScreen
from portal.people.actions.place import PlaceTaken, add_site, change_site
from portal.people.queries import the_organisation
from portal.people.requests import PersonRequest


class AddSiteView(PlacesScreen):
    """Add a site."""

    template_name = "accounts/admin/site_form.html"
    page_title = "Add a site"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form; the organisation comes first."""
        if the_organisation() is None:
            messages.info(request, "First say who you are. Then add your sites.")
            return redirect("places:organisation")
        return self.show(form=SiteForm())

    def post(self, request: PersonRequest) -> HttpResponse:
        """Add it."""
        organisation = the_organisation()
        form = SiteForm(request.POST)
        if organisation is None or not form.is_valid():
            return self.show(status=400, form=form)
        try:
            site = add_site(organisation, form.cleaned_data, actor=request.user)
        except PlaceTaken as refused:
            return self.show_refused(form, refused, "name")
        messages.success(request, f"{site} is added.")
        return redirect("places:site", site.public_id)


class SiteView(OneSite):
    """Everything about one site, and the way to each change."""

    template_name = "accounts/admin/site.html"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show it."""
        return self.show(
            surprises=what_surprises_about(self.site),
            people_count=count_people_at(self.site),
            history=history_of(self.site.record_ref),
        )

    def get_page_title(self) -> str:
        """Return the name."""
        return str(self.site)

    def way_back(self) -> list[tuple[str, str]]:
        """Lead to the list."""
        return super().way_back()[:-1]


class ChangeSiteView(OneSite):
    """Correct a site."""

    template_name = "accounts/admin/site_form.html"
    page_title = "Change details"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show the form."""
        return self.show(form=SiteForm(site=self.site))

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Save it."""
        form = SiteForm(request.POST, site=self.site)
        if not form.is_valid():
            return self.show(status=400, form=form)
        try:
            site = change_site(self.site, form.cleaned_data, actor=request.user)
        except PlaceTaken as refused:
            return self.show_refused(form, refused, "name")
        messages.success(request, f"The details of {site} are saved.")
        return redirect(self.site_url())


class CloseSiteView(OneSite):
    """Close a site, with what follows from it said first."""

    template_name = "accounts/admin/close_site.html"
    page_title = "Close the site"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Ask whether to."""
        return self.show(people_count=count_people_at(self.site))

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Close it."""
        change_site(self.site, {"is_active": False}, actor=request.user)
        messages.success(request, f"{self.site} is closed.")
        return redirect(self.site_url())


class OpenSiteView(OneSite):
    """Open a closed site again."""

    http_method_names = ["post"]

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Open it."""
        change_site(self.site, {"is_active": True}, actor=request.user)
        messages.success(request, f"{self.site} is open again.")
        return redirect(self.site_url())
