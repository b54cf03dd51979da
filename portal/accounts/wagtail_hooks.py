"""People and places in the admin: addresses, menu items, the panel of what is still missing."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views import View
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from portal.accounts.checklist import steps
from portal.accounts.panels import SetUpPanel
from portal.accounts.views import (
    access,
    importing,
    organisation,
    people_list,
    person,
    roles,
    site,
    site_list,
)
from portal.people.models import User
from portal.people.permissions import user_can_manage_people, user_can_manage_sites


def _import_urls(
    choose: type[View], template: type[View], report: type[View], discard: type[View]
) -> list[URLPattern]:
    one = "import/<slug:public_id>/"
    return [
        path("import/", choose.as_view(), name="import"),
        path("import/template.<slug:ending>", template.as_view(), name="import_template"),
        path(one, report.as_view(), name="import_report"),
        path(f"{one}discard/", discard.as_view(), name="import_discard"),
    ]


@hooks.register("register_admin_urls")
def people_urls() -> list[URLPattern | URLResolver]:
    """Put people at ``/admin/people/``."""
    one = "<slug:public_id>/"
    people_list_view = people_list.PeopleListView
    patterns = [
        path("", people_list_view.as_view(), name="index"),
        path("results/", people_list_view.as_view(results_only=True), name="index_results"),
        path("add/", person.AddPersonView.as_view(), name="add"),
        *_import_urls(
            importing.ChoosePeopleView,
            importing.PeopleTemplateView,
            importing.PeopleReportView,
            importing.DiscardPeopleView,
        ),
        path(one, person.PersonView.as_view(), name="person"),
        path(f"{one}details/", person.CorrectPersonView.as_view(), name="correct"),
        path(f"{one}roles/give/", roles.GiveRoleView.as_view(), name="give_role"),
        path(f"{one}roles/<int:pk>/end/", roles.EndRoleView.as_view(), name="end_role"),
        path(f"{one}link/send/", access.SendLinkView.as_view(), name="send_link"),
        path(f"{one}link/show/", access.HandOverLinkView.as_view(), name="hand_over_link"),
        path(f"{one}switch-off/", access.SwitchOffView.as_view(), name="switch_off"),
        path(f"{one}switch-on/", access.SwitchOnView.as_view(), name="switch_on"),
    ]
    return [path("people/", include((patterns, "people")))]


@hooks.register("register_admin_urls")
def place_urls() -> list[URLPattern | URLResolver]:
    """Put the organisation and its sites at ``/admin/places/``: Wagtail has sites of its own."""
    one = "sites/<slug:public_id>/"
    patterns = [
        path("", site_list.SiteListView.as_view(), name="index"),
        path("results/", site_list.SiteListView.as_view(results_only=True), name="index_results"),
        path("organisation/", organisation.OrganisationView.as_view(), name="organisation"),
        *_import_urls(
            importing.ChooseSitesView,
            importing.SitesTemplateView,
            importing.SitesReportView,
            importing.DiscardSitesView,
        ),
        path("sites/add/", site.AddSiteView.as_view(), name="add_site"),
        path(one, site.SiteView.as_view(), name="site"),
        path(f"{one}details/", site.ChangeSiteView.as_view(), name="change_site"),
        path(f"{one}close/", site.CloseSiteView.as_view(), name="close_site"),
        path(f"{one}open/", site.OpenSiteView.as_view(), name="open_site"),
    ]
    return [path("places/", include((patterns, "places")))]


class PeopleItem(MenuItem):
    """Shown to those who manage people."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may."""
        return isinstance(request.user, User) and bool(user_can_manage_people(request.user))


class PlacesItem(MenuItem):
    """Shown to those who manage the organisation and its sites."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may."""
        return isinstance(request.user, User) and bool(user_can_manage_sites(request.user))


@hooks.register("register_admin_menu_item")
def people_item() -> PeopleItem:
    """Put people into the main menu."""
    return PeopleItem("People", reverse("people:index"), icon_name="group", order=400)


@hooks.register("register_admin_menu_item")
def places_item() -> PlacesItem:
    """Put the sites into the main menu."""
    return PlacesItem("Sites", reverse("places:index"), icon_name="site", order=410)


@hooks.register("construct_homepage_panels")
def set_up_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Say what is missing, to those who can see to it, while anything is."""
    if isinstance(request.user, User) and user_can_manage_people(request.user):
        found = steps()
        if not all(step.is_done for step in found):
            panels.append(SetUpPanel(found))


@hooks.register("insert_global_admin_css")
def our_styles() -> SafeString:
    """Load the styles of the screens about people and places."""
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/admin.css"))
