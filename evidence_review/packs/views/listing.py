"""The list of packs in the admin."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from evidence_review.packs.contents import scope_in_words
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import user_can_see_packs
from evidence_review.packs.queries import visible_packs
from evidence_review.packs.states import PackState
from portal.chrome.words import file_size
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin


class PackFilterSet(WagtailFilterSet):
    """The filter above the list."""

    state = django_filters.ChoiceFilter(label="State", choices=PackState.choices)

    class Meta:
        """No filter but the one above."""

        model = Pack
        fields: tuple[str, ...] = ()


class StateColumn(Column):
    """The state, drawn as everywhere."""

    cell_template_name = "packs/admin/state_cell.html"


class SizeColumn(Column):
    """A number of bytes in words."""

    def get_value(self, instance: Pack) -> str:
        """Return the size of the file."""
        return file_size(instance.size)


def about(pack: Pack) -> str:
    """Say in a few words what a pack is about."""
    words = dict(scope_in_words(pack.scope))
    return f"{words['Frameworks']}. {words['Sites']}"


def made_for(pack: Pack) -> str:
    """Say who asked for a pack, and for whom."""
    if pack.requested_by is None:
        return str(pack.access)
    return f"{pack.requested_by.actor_label}" + (f", for {pack.access}" if pack.access else "")


class PackListView(SafeSpreadsheetMixin, ReportView):
    """Every pack the person may open, newest first."""

    request: PersonRequest
    page_title = "Inspection packs"
    header_icon = "download"
    index_url_name = "packs:index"
    index_results_url_name = "packs:index_results"
    results_template_name = "packs/admin/list_results.html"
    model = Pack
    filterset_class = PackFilterSet
    verbose_name_plural = "inspection packs"
    default_ordering = "-requested_at"
    paginate_by = 50
    is_searchable = False
    columns: ClassVar = [
        TitleColumn(
            "requested_at",
            label="Pack",
            accessor=str,
            sort_key="requested_at",
            get_url=lambda pack: reverse("packs:pack", args=[pack.public_id]),
        ),
        StateColumn("look", label="State"),
        Column("about", label="About", accessor=about),
        Column("made_for", label="Asked for by", accessor=made_for),
        Column("pieces", label="Pieces", sort_key="pieces"),
        SizeColumn("size", label="Size", sort_key="size"),
    ]
    export_filename = "inspection-packs"
    list_export: ClassVar = [
        "requested_at",
        "look.label",
        "pieces",
        "size",
        "sha256",
        "manifest_sha256",
        "as_at_size",
        "as_at_time",
        "ready_at",
        "file_removed_at",
        "problem",
        "public_id",
    ]
    export_headings: ClassVar = {
        "look.label": "State",
        "sha256": "SHA-256",
        "as_at_size": "Entries of the record",
        "public_id": "Reference",
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let only those in who may make packs."""
        require(user_can_see_packs(self.request.user))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> QuerySet[Pack]:
        """Return what the person may open."""
        return visible_packs(self.request.user)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to make one."""
        return [HeaderButton("Make a pack", url=reverse("packs:new"), icon_name="plus")]
