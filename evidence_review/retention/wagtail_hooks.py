"""Retention in the admin: addresses and menu items."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from evidence_review.retention.permissions import user_can_manage_retention, user_can_see_rules
from evidence_review.retention.views.disposals import DisposalsReportView
from evidence_review.retention.views.due import DisposeView, DueView
from evidence_review.retention.views.holds import HoldsView, LiftHoldView, PlaceHoldView
from evidence_review.retention.views.rules import RulesView, RuleView
from portal.people.requests import PersonRequest


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put retention at ``/admin/retention/``."""
    patterns = [
        path("", RulesView.as_view(), name="rules"),
        path("rules/<slug:code>/", RuleView.as_view(), name="rule"),
        path("due/", DueView.as_view(), name="due"),
        path("due/dispose/", DisposeView.as_view(), name="dispose"),
        path("holds/", HoldsView.as_view(), name="holds"),
        path("holds/place/", PlaceHoldView.as_view(), name="place_hold"),
        path("holds/<slug:public_id>/lift/", LiftHoldView.as_view(), name="lift_hold"),
        path("disposals/", DisposalsReportView.as_view(), name="disposals"),
        path(
            "disposals/results/",
            DisposalsReportView.as_view(results_only=True),
            name="disposals_results",
        ),
    ]
    return [path("retention/", include((patterns, "retention")))]


class RulesItem(MenuItem):
    """Shown to those who may see how long evidence is kept."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person may."""
        return bool(user_can_see_rules(request.user))


class ManagersItem(MenuItem):
    """Shown to those who dispose of what is due."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person may."""
        return bool(user_can_manage_retention(request.user))


@hooks.register("register_settings_menu_item")
def rules_item() -> RulesItem:
    """Put the rules into the settings."""
    url = reverse("retention:rules")
    return RulesItem("How long evidence is kept", url, icon_name="history", order=320)


@hooks.register("register_settings_menu_item")
def holds_item() -> ManagersItem:
    """Put the holds into the settings."""
    return ManagersItem("Legal holds", reverse("retention:holds"), icon_name="lock", order=330)


@hooks.register("register_reports_menu_item")
def due_item() -> ManagersItem:
    """Put what is due among the reports."""
    return ManagersItem("Due for disposal", reverse("retention:due"), icon_name="bin", order=120)


@hooks.register("register_reports_menu_item")
def disposals_item() -> ManagersItem:
    """Put what was disposed of among the reports."""
    return ManagersItem("Disposals", reverse("retention:disposals"), icon_name="bin", order=121)
