"""The policy library in the admin: addresses, menu item, styles."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.people.requests import PersonRequest
from portal.policy_library.permissions import user_can_adopt_starters
from portal.policy_library.views.newer import NewerTextView
from portal.policy_library.views.shelf import LibraryView
from portal.policy_library.views.starter import StarterView


@hooks.register("register_admin_urls")
def library_urls() -> list[URLPattern | URLResolver]:
    """Put the library at ``/admin/policies/library/``."""
    patterns = [
        path("", LibraryView.as_view(), name="index"),
        path("<slug:code>/", StarterView.as_view(), name="starter"),
        path("<slug:code>/newer/<int:pk>/", NewerTextView.as_view(), name="newer"),
    ]
    return [path("policies/library/", include((patterns, "policy_library")))]


class LibraryItem(MenuItem):
    """Shown to those who write policies."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person may adopt starters."""
        return bool(user_can_adopt_starters(request.user))


@hooks.register("register_admin_menu_item")
def library_item() -> LibraryItem:
    """Put the library into the main menu, below the pages."""
    return LibraryItem(
        "Policy library",
        reverse("policy_library:index"),
        icon_name="folder-open-inverse",
        order=150,
    )


@hooks.register("insert_global_admin_css")
def our_styles() -> SafeString:
    """Load the styles of the library's screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("policy_library/admin.css"))
