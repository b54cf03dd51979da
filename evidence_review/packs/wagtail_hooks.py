"""Packs in the admin: addresses and the menu item."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from evidence_review.packs.permissions import user_can_see_packs
from evidence_review.packs.views.listing import PackListView
from evidence_review.packs.views.screens import (
    DownloadPackView,
    NewPackView,
    PackView,
    StopPackView,
    TryAgainView,
)
from portal.people.requests import PersonRequest


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put packs at ``/admin/packs/``."""
    patterns = [
        path("", PackListView.as_view(), name="index"),
        path("results/", PackListView.as_view(results_only=True), name="index_results"),
        path("new/", NewPackView.as_view(), name="new"),
        path("<slug:public_id>/", PackView.as_view(), name="pack"),
        path("<slug:public_id>/stop/", StopPackView.as_view(), name="stop"),
        path("<slug:public_id>/again/", TryAgainView.as_view(), name="again"),
        path("<slug:public_id>/download/", DownloadPackView.as_view(), name="download"),
    ]
    return [path("packs/", include((patterns, "packs")))]


class PacksItem(MenuItem):
    """Shown to those who may make packs."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person may."""
        return bool(user_can_see_packs(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> PacksItem:
    """Put packs into the main menu, after inspectors."""
    return PacksItem("Inspection packs", reverse("packs:index"), icon_name="download", order=310)
