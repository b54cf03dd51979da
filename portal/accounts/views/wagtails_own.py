"""Wagtail's own screens of people, groups and sites are shut: they would go around our actions.

What is changed there is not in the record, and rights given there do not follow from roles.
"""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    ChangePasswordPanel,
    LocaleSettingsPanel,
    NameEmailSettingsPanel,
)

_NOT_HERE = (
    NameEmailSettingsPanel,
    AvatarSettingsPanel,
    ChangePasswordPanel,
    LocaleSettingsPanel,
)


def kept_elsewhere(request: HttpRequest, **kwargs: Any) -> NoReturn:
    """Refuse, whoever asks, and say where it is done instead.

    Raises:
        PermissionDenied: always.
    """
    raise PermissionDenied("People, roles and sites are changed under People and Sites.")


class PreferencesView(AccountView):
    """How somebody likes their admin: notifications and theme.

    Their name is changed by an administrator, with an event; a picture would be a file that no
    scanner has seen; their password has its own page; times are shown in UK time to everybody.
    """

    page_title = "Preferences"

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Return Wagtail's panels without those that belong elsewhere."""
        return [panel for panel in super().get_panels() if not isinstance(panel, _NOT_HERE)]
