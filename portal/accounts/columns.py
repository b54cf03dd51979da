"""Columns of the lists. On a phone each cell stands on its own line and says what it is."""

from wagtail.admin.ui.tables import Column


class PlainColumn(Column):
    """Anything that reads as it is."""

    cell_template_name = "accounts/admin/cells/plain.html"


class DayColumn(Column):
    """A day in words."""

    cell_template_name = "accounts/admin/cells/day.html"


class RolesColumn(Column):
    """Each of today's roles with its place."""

    cell_template_name = "accounts/admin/cells/roles.html"


class AccountColumn(Column):
    """Whether the account is on, and whether anybody can sign in to it."""

    cell_template_name = "accounts/admin/cells/account.html"


class SiteStateColumn(Column):
    """Open or closed, drawn as everywhere."""

    cell_template_name = "accounts/admin/cells/site_state.html"
