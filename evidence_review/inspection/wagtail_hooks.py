"""Inspectors in the admin: addresses and the menu item."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from evidence_review.inspection.permissions import user_can_see_inspectors
from evidence_review.inspection.views.access import (
    AccessView,
    EndAccessView,
    GiveAccessView,
    SendLinkView,
)
from evidence_review.inspection.views.access_list import AccessListView
from evidence_review.inspection.views.past import PastView, ShownView
from portal.people.requests import PersonRequest


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put inspectors' access at ``/admin/inspectors/``."""
    patterns = [
        path("", AccessListView.as_view(), name="index"),
        path("results/", AccessListView.as_view(results_only=True), name="index_results"),
        path("give/", GiveAccessView.as_view(), name="give"),
        path("<slug:public_id>/", AccessView.as_view(), name="access"),
        path("<slug:public_id>/send-link/", SendLinkView.as_view(), name="send_link"),
        path("<slug:public_id>/end/", EndAccessView.as_view(), name="end"),
        path("<slug:public_id>/past/", PastView.as_view(), name="past"),
        path("<slug:public_id>/shown/<int:seq>/", ShownView.as_view(), name="shown"),
    ]
    return [path("inspectors/", include((patterns, "inspectors")))]


class InspectorsItem(MenuItem):
    """Shown to those who may give inspectors access."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person may."""
        return bool(user_can_see_inspectors(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> InspectorsItem:
    """Put inspectors into the main menu."""
    return InspectorsItem("Inspectors", reverse("inspectors:index"), icon_name="key", order=300)
