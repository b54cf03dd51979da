"""The catalogue in the admin: addresses and menu item."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.frameworks.permissions import user_can_see_catalogue
from portal.frameworks.views.editions import CheckEditionView, EditionsView
from portal.frameworks.views.requirements import RequirementListView
from portal.people.models import User


class CatalogueMenuItem(MenuItem):
    """Shown to those who work with the catalogue."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person may see the catalogue."""
        return isinstance(request.user, User) and bool(user_can_see_catalogue(request.user))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put the catalogue at ``/admin/catalogue/``."""
    patterns = [
        path("", EditionsView.as_view(), name="index"),
        path("requirements/", RequirementListView.as_view(), name="requirements"),
        path(
            "requirements/results/",
            RequirementListView.as_view(results_only=True),
            name="requirements_results",
        ),
        path("<slug:code>/check/", CheckEditionView.as_view(), name="check"),
    ]
    return [path("catalogue/", include((patterns, "catalogue")))]


@hooks.register("register_admin_menu_item")
def menu_item() -> CatalogueMenuItem:
    """Put the catalogue into the admin's menu."""
    return CatalogueMenuItem(
        "Catalogue", reverse("catalogue:index"), icon_name="clipboard-list", order=840
    )
