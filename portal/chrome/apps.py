"""What every page stands in: theme, header, forms, error pages, headers of the answer."""

from django.apps import AppConfig
from django.core.checks import register

from portal.chrome.checks import brand_colour_can_be_read


class ChromeConfig(AppConfig):
    """The room of base templates, template tags and page-wide middleware."""

    name = "portal.chrome"
    label = "chrome"

    def ready(self) -> None:
        """Register the system checks of this room."""
        register(brand_colour_can_be_read)
