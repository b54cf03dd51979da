"""The admin in our clothes: our few styles, and only the menu items people here have use for."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from portal.people.models import User
from portal.people.queries import roles_anywhere
from portal.people.roles import Role

UNUSED_ITEMS = frozenset({"help"})
EDITORS_ITEMS = frozenset({"images", "documents"})
"""Pictures and attachments of policies. Evidence never passes through them."""


@hooks.register("insert_global_admin_css")
def our_styles() -> SafeString:
    """Load the parts that our own panels in the admin are made of."""
    files = ("wellkept/parts.css", "wellkept/admin.css")
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in files)
    )


class WayBack(MenuItem):
    """The way from the admin to the pages that everybody sees."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the item with a whole address: "/" would count as being here on every page."""
        address = request.build_absolute_uri("/")
        return LinkMenuItem(self.name, self.label, address, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    """Put the way back first in the menu."""
    return WayBack("Portal", "/", name="portal", icon_name="home", order=1)


@hooks.register("construct_main_menu")
def only_what_is_of_use(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out Wagtail's help, and for all but editors what belongs to editing pages."""
    hidden = UNUSED_ITEMS if _is_editor(request) else UNUSED_ITEMS | EDITORS_ITEMS
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


@hooks.register("construct_homepage_summary_items", order=1000)  # after those who add
def no_counts_of_pictures(request: HttpRequest, summary_items: list[Any]) -> None:
    """Take the counts of pages, pictures and documents off the admin's first page."""
    summary_items.clear()


def _is_editor(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and Role.EDITOR in roles_anywhere(request.user)
