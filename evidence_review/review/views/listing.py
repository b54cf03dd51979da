"""All evidence of the person's sites: find, filter, sort, export."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from evidence_review.evidence.models import Evidence, EvidenceType
from evidence_review.evidence.states import VersionState, look
from evidence_review.review.permissions import user_can_look_somewhere
from evidence_review.review.queries import evidence_looked_at_by
from portal.people.answers import require
from portal.people.models import Site
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin


class EvidenceFilterSet(WagtailFilterSet):
    """The filters above the list."""

    state = django_filters.MultipleChoiceFilter(
        field_name="newest_state",
        label="State of the newest version",
        choices=VersionState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    site = django_filters.ModelChoiceFilter(label="Site", queryset=Site.objects.all())
    type = django_filters.ModelChoiceFilter(label="Kind", queryset=EvidenceType.objects.all())
    review_date = django_filters.DateFromToRangeFilter(
        label="To be looked at again", widget=DateRangePickerWidget
    )

    class Meta:
        """No filter but those above."""

        model = Evidence
        fields: tuple[str, ...] = ()


class StateColumn(Column):
    """The state of the newest version, drawn as everywhere."""

    cell_template_name = "review/cells/state.html"

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Add how the state is drawn."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"look": look(instance.newest_state) if instance.newest_state else None}


class DayColumn(Column):
    """A date in words."""

    cell_template_name = "review/cells/day.html"


class EvidenceListView(SafeSpreadsheetMixin, ReportView):
    """The list; narrowed to the person's sites before anything else is asked."""

    page_title = "All evidence"
    header_icon = "doc-full-inverse"
    index_url_name = "review:all"
    index_results_url_name = "review:all_results"
    results_template_name = "review/listing_results.html"
    model = Evidence
    filterset_class = EvidenceFilterSet
    verbose_name_plural = "evidence"
    default_ordering = "-created_at"
    paginate_by = 50
    is_searchable = True
    search_fields: ClassVar = ["title"]
    columns: ClassVar = [
        TitleColumn(
            "title",
            label="Evidence",
            sort_key="title",
            get_url=lambda evidence: reverse("review:evidence", args=[evidence.public_id]),
        ),
        StateColumn("newest_state", label="Newest version", sort_key="newest_state"),
        Column("approved_number", label="Approved version"),
        Column(
            "site", label="Site", sort_key="site__name", accessor=lambda e: e.site or "Every site"
        ),
        Column("type", label="Kind", sort_key="type__name"),
        DayColumn("review_date", label="Look at it again by", sort_key="review_date"),
    ]
    export_filename = "evidence"
    list_export: ClassVar = [
        "title",
        "newest_number",
        "newest_state",
        "approved_number",
        "site",
        "type",
        "owner.actor_label",
        "claim",
        "period_start",
        "period_end",
        "review_date",
        "created_at",
        "public_id",
    ]
    export_headings: ClassVar = {
        "newest_number": "Newest version",
        "newest_state": "State of the newest version",
        "approved_number": "Approved version",
        "type": "Kind",
        "owner.actor_label": "Owner",
        "review_date": "Look at it again by",
        "created_at": "Added (UTC)",
        "public_id": "Reference",
    }

    def dispatch(self, request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let those in who work with evidence."""
        require(user_can_look_somewhere(request.user))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_valid_orderings(self) -> list[str]:
        """Return the orders that may be asked for: the columns', and by when it was added."""
        return [*super().get_valid_orderings(), "created_at", "-created_at"]

    def get_base_queryset(self) -> QuerySet[Evidence]:
        """Return the evidence of the person's sites."""
        return evidence_looked_at_by(self.request.user)
