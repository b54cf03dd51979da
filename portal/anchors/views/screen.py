"""What the screens about copies outside have in common."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.people.requests import PersonRequest
from portal.record.views.access import RecordReadersOnly


class AnchorsScreen(RecordReadersOnly, WagtailAdminTemplateMixin):
    """One screen, for those who read the record."""

    header_icon = "lock"
    request: PersonRequest

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the record and its seal."""
        above = [
            {"url": reverse("record:index"), "label": "Record"},
            {"url": reverse("sealing:seal"), "label": "Seal"},
            *self.way_back(),
        ]
        return [*above, {"url": "", "label": self.get_page_title()}]

    def way_back(self) -> list[dict[str, str]]:
        """Return the pages between the seal and this one."""
        return [{"url": reverse("anchors:index"), "label": "Copies outside"}]

    def show(self, *, status: int = 200, **content: Any) -> HttpResponse:
        """Return the screen."""
        context = self.get_context_data(**content)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response
