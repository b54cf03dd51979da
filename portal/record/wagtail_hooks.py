"""The record in the admin: addresses, menu item, and the permission to read it."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.record.permissions import user_can_view_record
from portal.record.views.checks import ChecksView, CheckView
from portal.record.views.event import EventView
from portal.record.views.listing import RecordListView


class RecordMenuItem(MenuItem):
    """Shown to those who may read the record."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may read the record."""
        return bool(user_can_view_record(request.user))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put the record at ``/admin/record/``."""
    patterns = [
        path("", RecordListView.as_view(), name="index"),
        path("results/", RecordListView.as_view(results_only=True), name="index_results"),
        path("checks/", ChecksView.as_view(), name="checks"),
        path("checks/<int:pk>/", CheckView.as_view(), name="check"),
        path("<int:seq>/", EventView.as_view(), name="event"),
    ]
    return [path("record/", include((patterns, "record")))]


@hooks.register("register_admin_menu_item")
def menu_item() -> RecordMenuItem:
    """Put the record into the admin's menu."""
    return RecordMenuItem("Record", reverse("record:index"), icon_name="history", order=850)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Offer the permission to read the record among those a group may be given."""
    return Permission.objects.filter(content_type__app_label="record", codename="view_event")
