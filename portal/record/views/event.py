"""One event, with everything that is known of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.record.models import Event
from portal.record.queries import events
from portal.record.views.access import RecordReadersOnly
from portal.record.words import detail_pairs, kind_words, state_words


class EventView(RecordReadersOnly, WagtailAdminTemplateMixin, View):
    """The sealed bytes of one event, their hash, and the detail if it is still kept."""

    template_name = "record/event.html"
    header_icon = "history"
    event: Event

    def get(self, request: HttpRequest, seq: int) -> HttpResponse:
        """Show event number ``seq``; 404 when there is none."""
        self.event = get_object_or_404(events(), seq=seq)
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_page_title(self) -> str:
        """Return the heading of the page."""
        return f"Event {self.event.seq}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the list."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("record:index"), "label": "Record"},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the event, its details and its sealed bytes as text."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "event": self.event,
            "states": state_words(self.event),
            "kind": kind_words(self.event.object_kind),
            "details": detail_pairs(self.event),
            "detail_kept": bool(self.event.detail_data),
            "erasure": self.event.erased.erasure if self.event.erased_at else None,
            "may_erase": bool(import_string(settings.MAY_ERASE)(self.request.user)),
            "body": bytes(self.event.body).decode(),
            "leaf_hash": bytes(self.event.leaf_hash).hex(),
            "held": self.event.data["clock"] == "held",
        }
