"""The list of the record in the admin, newest first, with filters and spreadsheets."""

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from portal.record.exports import EXPORT_COLUMNS
from portal.record.filters import EventFilterSet
from portal.record.models import Event
from portal.record.queries import events
from portal.record.views.access import RecordReadersOnly
from portal.record.words import detail_pairs, name_of_thing, state_words, thing_words
from portal.spreadsheets import SafeSpreadsheetMixin

_CHUNK = 2000


class NumberColumn(Column):
    """The event's number, a link to all that is known of it."""

    cell_template_name = "record/cells/number.html"


class WhatColumn(Column):
    """What happened to which thing, with the details that are still kept."""

    cell_template_name = "record/cells/what.html"

    def get_cell_context_data(
        self, instance: Event, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Add the words for the thing, its states and the details."""
        named = name_of_thing(instance)
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {
            "thing": thing_words(instance),
            "states": state_words(instance),
            "details": [pair for pair in detail_pairs(instance) if pair[1] != named],
        }


class WhoColumn(Column):
    """Who did it, a link to everything else they did."""

    cell_template_name = "record/cells/who.html"


class WhenColumn(Column):
    """The moment, to the second, in the portal's own time zone."""

    cell_template_name = "record/cells/when.html"


class RecordListView(RecordReadersOnly, SafeSpreadsheetMixin, ReportView):
    """What happened in the portal: read, filter, export."""

    page_title = "Record"
    header_icon = "history"
    index_url_name = "record:index"
    index_results_url_name = "record:index_results"
    results_template_name = "record/list_results.html"
    filterset_class = EventFilterSet
    model = Event
    verbose_name_plural = "events"
    paginate_by = 50
    export_headings: ClassVar = {name: heading for name, (heading, _) in EXPORT_COLUMNS.items()}
    list_export: ClassVar = list(EXPORT_COLUMNS)
    export_filename = "record"
    columns: ClassVar = [
        NumberColumn("seq", label="Number"),
        WhenColumn("at", label="When"),
        WhoColumn("actor_label", label="Who"),
        WhatColumn("verb_label", label="What happened"),
    ]

    def get_base_queryset(self) -> QuerySet[Event]:
        """Return the whole record, newest first."""
        return events()

    def get_filtered_queryset(self) -> QuerySet[Event]:
        """Return what the filters leave; ``get_queryset`` has applied them already."""
        found: QuerySet[Event] = self.get_queryset()
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the page, or with the spreadsheet, read a few thousand rows at a time."""
        response: HttpResponseBase
        if self.is_export:
            rows = self.get_filtered_queryset().iterator(chunk_size=_CHUNK)
            response = self.as_spreadsheet(rows, request.GET["export"])
        else:
            response = super().get(request, *args, **kwargs)
        return response

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add whether what is listed is sealed."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"seal": import_string(settings.RECORD_STANDING)()}

    def to_row_dict(self, item: Event) -> dict[str, object]:
        """Return the cells of one event for the spreadsheet."""
        return {name: read(item) for name, (_, read) in EXPORT_COLUMNS.items()}
