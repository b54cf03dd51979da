"""Reviews in the admin: addresses, menu items, the panel on the first page."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from evidence_review.review.panels import WaitingPanel
from evidence_review.review.permissions import user_can_configure_routes, user_can_review
from evidence_review.review.queries import COUNTED_AT_MOST, waiting_count
from evidence_review.review.views.decide import DecideView
from evidence_review.review.views.download import download, page
from evidence_review.review.views.evidence import EvidenceView
from evidence_review.review.views.listing import EvidenceListView
from evidence_review.review.views.queue import QueueView
from evidence_review.review.views.report import ReviewsReportView
from evidence_review.review.views.routes import RouteListView, RouteView
from evidence_review.review.views.stand_ins import EndStandInView, NameStandInView, StandInListView
from evidence_review.review.views.take_back import RecallView, WithdrawView
from portal.people.requests import PersonRequest


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put evidence at ``/admin/evidence/`` and the report beside Wagtail's own."""
    patterns = [
        path("evidence/", EvidenceListView.as_view(), name="all"),
        path("evidence/results/", EvidenceListView.as_view(results_only=True), name="all_results"),
        path("evidence/review/", QueueView.as_view(), name="queue"),
        path("evidence/review/<slug:public_id>/", DecideView.as_view(), name="decide"),
        path("evidence/versions/<slug:public_id>/download/", download, name="download"),
        path("evidence/versions/<slug:public_id>/pages/<int:number>/", page, name="page"),
        path(
            "evidence/versions/<slug:public_id>/withdraw/", WithdrawView.as_view(), name="withdraw"
        ),
        path("evidence/versions/<slug:public_id>/recall/", RecallView.as_view(), name="recall"),
        path("evidence/steps/", RouteListView.as_view(), name="routes"),
        path("evidence/steps/<slug:code>/", RouteView.as_view(), name="route"),
        path("evidence/stand-ins/", StandInListView.as_view(), name="stand_ins"),
        path("evidence/stand-ins/add/", NameStandInView.as_view(), name="name_stand_in"),
        path("evidence/stand-ins/<int:pk>/end/", EndStandInView.as_view(), name="end_stand_in"),
        path("evidence/<slug:public_id>/", EvidenceView.as_view(), name="evidence"),
        path("reports/reviews/", ReviewsReportView.as_view(), name="report"),
        path(
            "reports/reviews/results/",
            ReviewsReportView.as_view(results_only=True),
            name="report_results",
        ),
    ]
    return [path("", include((patterns, "review")))]


class ReviewersItem(MenuItem):
    """Shown to those who review evidence."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person has a queue."""
        return bool(user_can_review(request.user))


class QueueItem(ReviewersItem):
    """The way to the queue, with the number of files in it."""

    def render_component(self, request: PersonRequest) -> LinkMenuItem:
        """Return the item with today's number, for eyes and for ears."""
        waiting = waiting_count(request.user)
        attrs = {}
        if waiting:
            count = f"{COUNTED_AT_MOST}+" if waiting > COUNTED_AT_MOST else str(waiting)
            attrs = {"data-wr-count": count, "aria-label": f"{self.label}, {count} to review"}
        return LinkMenuItem(self.name, self.label, self.url, icon_name=self.icon_name, attrs=attrs)


class LeadsItem(MenuItem):
    """Shown to those who set who reviews what."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person may set routes."""
        return bool(user_can_configure_routes(request.user))


@hooks.register("register_admin_menu_item")
def queue_item() -> QueueItem:
    """Put the queue into the main menu."""
    return QueueItem("Evidence", reverse("review:queue"), icon_name="doc-full-inverse", order=200)


@hooks.register("register_settings_menu_item")
def routes_item() -> LeadsItem:
    """Put the review steps into the settings."""
    return LeadsItem("Review steps", reverse("review:routes"), icon_name="tasks", order=300)


@hooks.register("register_settings_menu_item")
def stand_ins_item() -> ReviewersItem:
    """Put stand-ins into the settings."""
    return ReviewersItem("Stand-ins", reverse("review:stand_ins"), icon_name="group", order=310)


@hooks.register("register_reports_menu_item")
def report_item() -> ReviewersItem:
    """Put past reviews among the reports."""
    return ReviewersItem("Reviews", reverse("review:report"), icon_name="check", order=100)


@hooks.register("construct_homepage_panels")
def waiting_panel(request: PersonRequest, panels: list[Component]) -> None:
    """Say first what waits for the person."""
    if user_can_review(request.user):
        panels.insert(0, WaitingPanel(request.user))


@hooks.register("insert_global_admin_css")
def our_styles() -> SafeString:
    """Load the styles of the review screens, and of the number in the menu."""
    return format_html('<link rel="stylesheet" href="{}">', static("review/admin.css"))
