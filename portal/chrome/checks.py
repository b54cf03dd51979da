"""Misconfigurations of the look that would make the portal hard to read."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from portal.chrome.brand import is_colour, is_readable


def brand_colour_can_be_read(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a brand colour that is no colour, or too pale for links and buttons."""
    colour = settings.PORTAL_BRAND_COLOUR
    if not colour:
        return []
    if not is_colour(colour):
        return [
            Error(
                f"PORTAL_BRAND_COLOUR is {colour!r}, which is not a colour.",
                hint="Give a hash sign and six digits, such as #0f524e.",
                id="chrome.E001",
            )
        ]
    if is_readable(colour):
        return []
    return [
        Error(
            f"People cannot read text in the brand colour {colour}.",
            hint="Choose a darker one: it needs a contrast of 4.5 to 1 on white and on #fbf9f5.",
            id="chrome.E002",
        )
    ]
