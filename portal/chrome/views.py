"""The pages in the footer, which anyone may read."""

from django.conf import settings
from django.views.generic import TemplateView

from portal.people.queries import the_organisation


class Page(TemplateView):
    """A page of words about the portal: help, accessibility, privacy."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add who runs the portal and whom to ask."""
        return super().get_context_data(
            organisation=the_organisation(), contact=settings.PORTAL_HELP_CONTACT, **kwargs
        )
