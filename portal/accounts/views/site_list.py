"""The organisation and all its sites: find, filter, sort, export, add."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from portal.accounts.codes import what_surprises_about
from portal.accounts.columns import PlainColumn, SiteStateColumn
from portal.accounts.queries import sites_listed
from portal.people.answers import require
from portal.people.models import Site
from portal.people.permissions import user_can_manage_sites
from portal.people.queries import the_organisation
from portal.spreadsheets import SafeSpreadsheetMixin

_OPEN, _CLOSED = "open", "closed"


class SiteFilterSet(WagtailFilterSet):
    """The filters above the list."""

    state = django_filters.ChoiceFilter(
        label="State", choices=[(_OPEN, "Open"), (_CLOSED, "Closed")], method="narrow_to_state"
    )
    service_type = django_filters.ChoiceFilter(
        label="Kind of care", choices=Site.ServiceType.choices
    )

    class Meta:
        """No filter but those above."""

        model = Site
        fields: tuple[str, ...] = ()

    def narrow_to_state(self, queryset: QuerySet[Site], name: str, value: str) -> QuerySet[Site]:
        """Keep sites that are open, or closed."""
        return queryset.filter(is_active=value == _OPEN)


EXPORT: dict[str, tuple[str, Any]] = {
    "name": ("Site", lambda site: site.name),
    "ods_code": ("Site ODS code", lambda site: site.ods_code),
    "cqc_location_id": ("CQC location ID", lambda site: site.cqc_location_id),
    "service_type": ("Kind of care", lambda site: site.get_service_type_display()),
    "is_active": ("State", lambda site: "Open" if site.is_active else "Closed"),
    "people_count": ("People with a role there", lambda site: site.people_count),
    "to_check": ("To check", lambda site: " ".join(what_surprises_about(site))),
    "public_id": ("Reference", lambda site: site.public_id),
}
"""Heading and value of each column of the spreadsheet, in order."""


class SiteListView(SafeSpreadsheetMixin, ReportView):
    """The list, on screen and as a spreadsheet, below the organisation it belongs to."""

    page_title = "Sites"
    header_icon = "site"
    template_name = "accounts/admin/sites.html"
    index_url_name = "places:index"
    index_results_url_name = "places:index_results"
    results_template_name = "accounts/admin/site_results.html"
    model = Site
    filterset_class = SiteFilterSet
    verbose_name_plural = "sites"
    paginate_by = 50
    is_searchable = True
    search_fields: ClassVar = ["name", "ods_code", "cqc_location_id"]
    export_filename = "sites"
    list_export: ClassVar = list(EXPORT)
    export_headings: ClassVar = {name: heading for name, (heading, _) in EXPORT.items()}
    columns: ClassVar = [
        TitleColumn(
            "name",
            label="Site",
            sort_key="name",
            get_url=lambda site: reverse("places:site", args=[site.public_id]),
        ),
        PlainColumn("service_type", label="Kind of care", accessor="get_service_type_display"),
        PlainColumn("ods_code", label="ODS code", sort_key="ods_code"),
        PlainColumn("cqc_location_id", label="CQC location ID", sort_key="cqc_location_id"),
        PlainColumn("people_count", label="People", sort_key="people_count"),
        SiteStateColumn("is_active", label="State", sort_key="is_active"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let those in who manage sites."""
        require(user_can_manage_sites(self.request.user))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> QuerySet[Site]:
        """Return every site."""
        return sites_listed()

    def order_queryset(self, queryset: QuerySet[Site]) -> QuerySet[Site]:
        """Return the rows in the order asked for, and always in the same one: pages must fit."""
        asked = (self.ordering,) if self.ordering else ()
        return queryset.order_by(*asked, "name", "pk")

    def get_filtered_queryset(self) -> QuerySet[Site]:
        """Return what is left; ``get_queryset`` has applied search and filters already."""
        found: QuerySet[Site] = self.get_queryset()
        return found

    def to_row_dict(self, item: Site) -> dict[str, object]:
        """Return one row of the spreadsheet."""
        return {name: value(item) for name, (_, value) in EXPORT.items()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the organisation."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        organisation = the_organisation()
        surprises = what_surprises_about(organisation) if organisation else []
        return context | {"organisation": organisation, "surprises": surprises}

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to add a site, or many."""
        return [
            HeaderButton("Add a site", url=reverse("places:add_site"), icon_name="plus"),
            HeaderButton("Import sites", url=reverse("places:import"), icon_name="table"),
        ]
