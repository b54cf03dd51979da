"""What was disposed of: a report to filter, sort and export."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from evidence_review.retention.models import Disposal
from evidence_review.retention.permissions import user_can_manage_retention
from portal.people.answers import require
from portal.people.models import Site
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin


class DisposalFilterSet(WagtailFilterSet):
    """The filters above the report."""

    site = django_filters.ModelChoiceFilter(
        label="Site", field_name="version__evidence__site", queryset=Site.objects.all()
    )
    day = django_filters.DateFromToRangeFilter(
        label="Day of disposal", widget=DateRangePickerWidget
    )

    class Meta:
        """No filter but those above."""

        model = Disposal
        fields: tuple[str, ...] = ()


class DayColumn(Column):
    """A date in words."""

    cell_template_name = "review/cells/day.html"


COLUMNS: dict[str, tuple[str, Any]] = {
    "day": ("Day of disposal", lambda d: d.day),
    "at": ("When (UK time)", lambda d: timezone.localtime(d.at).replace(tzinfo=None)),
    "evidence": ("Evidence", lambda d: d.version.evidence.title),
    "version": ("Version", lambda d: d.version.number),
    "kind": ("Kind", lambda d: d.kind),
    "site": ("Site", lambda d: str(d.version.evidence.site or "Every site")),
    "sha256": ("SHA-256 of the file", lambda d: d.sha256),
    "size": ("Bytes", lambda d: d.size),
    "rule": ("Retention rule then", lambda d: d.rule_in_words),
    "counted_from": ("Counted from", lambda d: d.counted_from),
    "kept_until": ("Kept until", lambda d: d.kept_until),
    "by": ("Disposed of by", lambda d: d.disposed_by.actor_label),
    "reason": ("Reason", lambda d: d.reason),
    "method": ("Method", lambda d: d.method),
}
"""Heading and value of each column of the spreadsheet, in order."""


class DisposalsReportView(SafeSpreadsheetMixin, ReportView):
    """The report, on screen and as a spreadsheet."""

    request: PersonRequest
    page_title = "Disposals"
    header_icon = "bin"
    index_url_name = "retention:disposals"
    index_results_url_name = "retention:disposals_results"
    results_template_name = "retention/disposals_results.html"
    model = Disposal
    filterset_class = DisposalFilterSet
    verbose_name_plural = "disposals"
    default_ordering = "-at"
    paginate_by = 50
    export_filename = "disposals"
    list_export: ClassVar = list(COLUMNS)
    export_headings: ClassVar = {name: heading for name, (heading, _) in COLUMNS.items()}
    columns: ClassVar = [
        TitleColumn(
            "evidence",
            label="Evidence",
            accessor=lambda d: str(d.version),
            get_url=lambda d: reverse("disposal:certificate", args=[d.version.public_id]),
        ),
        DayColumn("day", label="Disposed of", sort_key="day"),
        DayColumn("kept_until", label="Kept until", sort_key="kept_until"),
        Column("kind", label="Kind", sort_key="kind"),
        Column("by", label="By", accessor="disposed_by.actor_label"),
        Column("reason", label="Reason", accessor="reason"),
    ]

    def dispatch(self, request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let IG leads of the whole organisation in."""
        require(user_can_manage_retention(request.user))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[Disposal]:
        """Return every disposal with what a row shows."""
        return Disposal.objects.select_related("version__evidence__site", "disposed_by")

    def to_row_dict(self, item: Disposal) -> dict[str, Any]:
        """Return one row of the spreadsheet."""
        return {name: value(item) for name, (_, value) in COLUMNS.items()}
