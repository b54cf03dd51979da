"""The health page in the admin's menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.health.permissions import user_can_see_health
from portal.health.views import health


class HealthItem(MenuItem):
    """Shown to those who may see the page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask permissions."""
        return request.user.is_authenticated and bool(user_can_see_health(request.user))


@hooks.register("register_admin_urls")
def health_url() -> list[URLPattern]:
    """Mount the page."""
    return [path("health/", health, name="health")]


@hooks.register("register_settings_menu_item")
def health_item() -> HealthItem:
    """Put it under Settings."""
    return HealthItem("Health", reverse("health"), icon_name="tick-inverse", order=900)
