"""Past reviews: who decided what, when, and how long it had waited."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from evidence_review.review.models import Decision
from evidence_review.review.permissions import user_can_review
from evidence_review.review.queries import decisions_seen_by
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.models import Site
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin

_HOUR = 3600
_HOURS_A_DAY = 24


class ReviewsFilterSet(WagtailFilterSet):
    """The filters above the report."""

    outcome = django_filters.ChoiceFilter(
        label="Decision", choices=Decision.Outcome.choices, empty_label="Any"
    )
    decider = django_filters.CharFilter(label="Decided by", method="narrow_to_decider")
    site = django_filters.ModelChoiceFilter(
        label="Site", field_name="version__evidence__site", queryset=Site.objects.all()
    )
    decided_at = django_filters.DateFromToRangeFilter(
        label="Date of the decision", widget=DateRangePickerWidget
    )

    class Meta:
        """No filter but those above."""

        model = Decision
        fields: tuple[str, ...] = ()

    def narrow_to_decider(
        self, queryset: QuerySet[Decision], name: str, value: str
    ) -> QuerySet[Decision]:
        """Keep decisions by people whose first or last name begins with each of the words."""
        for word in value.split():
            queryset = queryset.filter(
                Q(decider__first_name__istartswith=word) | Q(decider__last_name__istartswith=word)
            )
        return queryset


def waited(decision: Any) -> str:
    """Return how long the version had been in review, in days, or hours below two days."""
    hours = int((decision.decided_at - decision.submitted_at).total_seconds() // _HOUR)
    if hours < 1:
        return "less than an hour"
    if hours < 2 * _HOURS_A_DAY:
        return in_words(hours, "hour,hours")
    return in_words(hours // _HOURS_A_DAY, "day,days")


def _outcome(decision: Decision) -> str:
    words = decision.get_outcome_display()
    return words if decision.is_final else f"{words} (step {decision.step_position})"


class DecidedColumn(Column):
    """The moment of the decision."""

    cell_template_name = "review/cells/moment.html"


COLUMNS: dict[str, tuple[str, Any]] = {
    "decided_at": (
        "When (UK time)",
        lambda d: timezone.localtime(d.decided_at).replace(tzinfo=None),
    ),
    "evidence": ("Evidence", lambda d: d.version.evidence.title),
    "version": ("Version", lambda d: d.version.number),
    "outcome": ("Decision", _outcome),
    "decider": ("Decided by", lambda d: d.decider.actor_label),
    "instead": ("In place of", lambda d: d.on_behalf_of.actor_label if d.on_behalf_of else ""),
    "waited": ("Waited", waited),
    "hours": (
        "Waited (hours)",
        lambda d: round((d.decided_at - d.submitted_at).total_seconds() / _HOUR, 1),
    ),
    "site": ("Site", lambda d: str(d.version.evidence.site or "Every site")),
    "uploader": ("Uploaded by", lambda d: d.version.uploaded_by.actor_label),
    "reason": ("Reason", lambda d: d.reason),
    "sha256": ("SHA-256 of the file", lambda d: d.sha256),
}
"""Heading and value of each column of the spreadsheet, in order."""


class ReviewsReportView(SafeSpreadsheetMixin, ReportView):
    """The report, on screen and as a spreadsheet."""

    page_title = "Reviews"
    header_icon = "check"
    index_url_name = "review:report"
    index_results_url_name = "review:report_results"
    results_template_name = "review/report_results.html"
    model = Decision
    filterset_class = ReviewsFilterSet
    verbose_name_plural = "reviews"
    default_ordering = "-decided_at"
    paginate_by = 50
    export_filename = "reviews"
    list_export: ClassVar = list(COLUMNS)
    export_headings: ClassVar = {name: heading for name, (heading, _) in COLUMNS.items()}
    columns: ClassVar = [
        TitleColumn(
            "evidence",
            label="Evidence",
            accessor=lambda d: str(d.version),
            get_url=lambda d: reverse("review:decide", args=[d.version.public_id]),
        ),
        Column("outcome", label="Decision", sort_key="outcome", accessor=_outcome),
        Column("decider", label="Decided by", accessor="decider.actor_label"),
        DecidedColumn("decided_at", label="When", sort_key="decided_at"),
        Column("waited", label="Waited", accessor=waited),
        Column("site", label="Site", accessor=lambda d: d.version.evidence.site or "Every site"),
    ]

    def dispatch(self, request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let reviewers in."""
        require(user_can_review(request.user))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[Decision]:
        """Return the decisions at the person's sites."""
        return decisions_seen_by(self.request.user)

    def to_row_dict(self, item: Decision) -> dict[str, Any]:
        """Return one row of the spreadsheet."""
        return {name: value(item) for name, (_, value) in COLUMNS.items()}
