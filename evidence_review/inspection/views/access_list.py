"""The list of inspectors' access in the admin."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.permissions import user_can_see_inspectors
from evidence_review.inspection.queries import manageable_access
from evidence_review.inspection.states import AccessState
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin


class AccessFilterSet(WagtailFilterSet):
    """The filter above the list."""

    state = django_filters.ChoiceFilter(
        label="State", choices=AccessState.choices, method="narrow_to_state"
    )

    class Meta:
        """No filter but the one above."""

        model = InspectorAccess
        fields: tuple[str, ...] = ()

    def narrow_to_state(
        self, queryset: QuerySet[InspectorAccess], name: str, value: str
    ) -> QuerySet[InspectorAccess]:
        """Keep those that stand so now; the state is nowhere but in the dates."""
        now = timezone.now()
        standing = Q(revoked_at__isnull=True)
        return queryset.filter(
            {
                AccessState.REVOKED: ~standing,
                AccessState.NOT_STARTED: standing & Q(starts__gt=now),
                AccessState.OPEN: standing & Q(starts__lte=now, ends__gt=now),
                AccessState.ENDED: standing & Q(ends__lte=now),
            }[AccessState(value)]
        )


class StateColumn(Column):
    """The state, drawn as everywhere."""

    cell_template_name = "inspection/admin/cells/state.html"


class MomentColumn(Column):
    """A date and time in words."""

    cell_template_name = "inspection/admin/cells/moment.html"


def sites_in_words(access: InspectorAccess) -> str:
    """Say which sites an access shows."""
    if access.every_site:
        return "Every site"
    return ", ".join(site.name for site in access.sites.all())


class AccessListView(SafeSpreadsheetMixin, ReportView):
    """Every access the person may manage, newest first."""

    request: PersonRequest
    page_title = "Inspectors"
    header_icon = "key"
    index_url_name = "inspectors:index"
    index_results_url_name = "inspectors:index_results"
    results_template_name = "inspection/admin/list_results.html"
    model = InspectorAccess
    filterset_class = AccessFilterSet
    verbose_name_plural = "inspectors"
    default_ordering = "-granted_at"
    paginate_by = 50
    is_searchable = True
    search_fields: ClassVar = ["name", "email", "inspector_organisation"]
    columns: ClassVar = [
        TitleColumn(
            "name",
            label="Inspector",
            sort_key="name",
            get_url=lambda access: reverse("inspectors:access", args=[access.public_id]),
        ),
        Column("inspector_organisation", label="Organisation", sort_key="inspector_organisation"),
        StateColumn("state", label="State"),
        MomentColumn("ends", label="Ends", sort_key="ends"),
        Column("sites", label="Sites", accessor=sites_in_words),
        MomentColumn("last_seen", label="Last here", sort_key="last_seen"),
        MomentColumn("granted_at", label="Given", sort_key="granted_at"),
    ]
    export_filename = "inspectors"
    list_export: ClassVar = [
        "name",
        "inspector_organisation",
        "email",
        "state.label",
        "starts",
        "ends",
        "revoked_at",
        "granted_by.actor_label",
        "last_seen",
        "public_id",
    ]
    export_headings: ClassVar = {
        "state.label": "State",
        "granted_by.actor_label": "Given by",
        "last_seen": "Last here",
        "public_id": "Reference",
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let only those in who may give access."""
        require(user_can_see_inspectors(self.request.user))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> QuerySet[InspectorAccess]:
        """Return what the person may manage."""
        return (
            manageable_access(self.request.user)
            .annotate(last_seen=Max("sessions__seen_at"))
            .prefetch_related("sites")
        )

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to give access."""
        return [HeaderButton("Give access", url=reverse("inspectors:give"), icon_name="plus")]
