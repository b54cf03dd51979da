"""Everybody who works here: find, filter, sort, export, add."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from portal.accounts.columns import AccountColumn, DayColumn, PlainColumn, RolesColumn
from portal.accounts.queries import people_listed, those_called, those_holding
from portal.people.answers import require
from portal.people.models import Site, User
from portal.people.permissions import user_can_manage_people
from portal.people.roles import Role
from portal.spreadsheets import SafeSpreadsheetMixin

_ON, _OFF = "on", "off"
_CHUNK = 2000


class PeopleFilterSet(WagtailFilterSet):
    """The filters above the list. Role and site are asked together: that role, there."""

    role = django_filters.ChoiceFilter(label="Role", choices=Role.choices, method="leave")
    site = django_filters.ModelChoiceFilter(
        label="Site",
        queryset=Site.objects.all(),
        method="leave",
        help_text="People with a role for every site are shown too.",
    )
    account = django_filters.ChoiceFilter(
        label="Account",
        choices=[(_ON, "Switched on"), (_OFF, "Switched off")],
        method="narrow_to_account",
    )

    class Meta:
        """No filter but those above."""

        model = User
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Return what all filters leave."""
        found: QuerySet[User] = super().filter_queryset(queryset)
        role, site = self.form.cleaned_data["role"], self.form.cleaned_data["site"]
        return those_holding(found, role, site) if role or site else found

    def leave(self, queryset: QuerySet[User], name: str, value: object) -> QuerySet[User]:
        """Narrow nothing: role and site are asked together in ``filter_queryset``."""
        return queryset

    def narrow_to_account(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep accounts that are on, or off."""
        return queryset.filter(is_active=value == _ON)


def _roles(person: Any) -> str:
    return "; ".join(str(membership) for membership in person.roles_now)


def _last_here(person: User) -> object:
    last = person.last_login
    return timezone.localtime(last).replace(tzinfo=None) if last else ""


EXPORT: dict[str, tuple[str, Any]] = {
    "first_name": ("First name", lambda person: person.first_name),
    "last_name": ("Last name", lambda person: person.last_name),
    "job_title": ("Job title", lambda person: person.job_title),
    "email": ("E-mail address", lambda person: person.email or ""),
    "roles": ("Roles today", _roles),
    "account": ("Account", lambda person: "On" if person.is_active else "Off"),
    "last_login": ("Last signed in (UK time)", _last_here),
    "date_joined": ("Added", lambda person: timezone.localdate(person.date_joined)),
    "public_id": ("Reference", lambda person: person.public_id),
}
"""Heading and value of each column of the spreadsheet, in order."""


class PeopleListView(SafeSpreadsheetMixin, ReportView):
    """The list, on screen and as a spreadsheet."""

    page_title = "People"
    header_icon = "group"
    index_url_name = "people:index"
    index_results_url_name = "people:index_results"
    results_template_name = "accounts/admin/people_results.html"
    model = User
    filterset_class = PeopleFilterSet
    verbose_name_plural = "people"
    paginate_by = 50
    is_searchable = True
    export_filename = "people"
    list_export: ClassVar = list(EXPORT)
    export_headings: ClassVar = {name: heading for name, (heading, _) in EXPORT.items()}
    columns: ClassVar = [
        TitleColumn(
            "name",
            label="Name",
            accessor=str,
            sort_key="first_name",
            get_url=lambda person: reverse("people:person", args=[person.public_id]),
        ),
        PlainColumn("job_title", label="Job title", sort_key="job_title"),
        RolesColumn("roles_now", label="Roles today"),
        AccountColumn("is_active", label="Account", sort_key="is_active"),
        DayColumn("last_login", label="Last signed in", sort_key="last_login"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let those in who manage people."""
        require(user_can_manage_people(self.request.user))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the page, or with the spreadsheet, read a few thousand rows at a time."""
        answer: HttpResponseBase
        if self.is_export:
            rows = self.get_filtered_queryset().iterator(chunk_size=_CHUNK)
            answer = self.as_spreadsheet(rows, request.GET["export"])
        else:
            answer = super().get(request, *args, **kwargs)
        return answer

    def get_base_queryset(self) -> QuerySet[User]:
        """Return everybody."""
        return people_listed()

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Return the rows in the order asked for, and always in the same one: pages must fit."""
        asked = (self.ordering,) if self.ordering else ()
        return queryset.order_by(*asked, "first_name", "last_name", "pk")

    def get_filtered_queryset(self) -> QuerySet[User]:
        """Return what is left; ``get_queryset`` has applied search and filters already."""
        found: QuerySet[User] = self.get_queryset()
        return found

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Keep those of whom every word fits."""
        return those_called(queryset, self.search_query) if self.is_searching else queryset

    def to_row_dict(self, item: User) -> dict[str, object]:
        """Return one row of the spreadsheet."""
        return {name: value(item) for name, (_, value) in EXPORT.items()}

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer to add somebody, or many."""
        return [
            HeaderButton("Add a person", url=reverse("people:add"), icon_name="plus"),
            HeaderButton("Import people", url=reverse("people:import"), icon_name="table"),
        ]
