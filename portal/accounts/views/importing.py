"""Import sites or people from a spreadsheet: choose it, look at every row, say yes."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache

from portal.accounts.actions.import_sheet import CHECKS, import_people, import_sites
from portal.accounts.actions.keep_sheet import discard_sheet, keep_sheet
from portal.accounts.import_forms import ConfirmPeopleForm, UploadForm
from portal.accounts.imports.people_sheet import PEOPLE
from portal.accounts.imports.sites import SITES
from portal.accounts.mailing import mail_goes_out
from portal.accounts.models import KeptSheet
from portal.accounts.queries import sheets_of
from portal.accounts.views.screens import PeopleScreen, PlacesScreen, Screen
from portal.chrome.words import in_words
from portal.people.queries import the_organisation
from portal.people.requests import PersonRequest
from portal.refused import Refused
from portal.spreadsheets.reading import read_sheet
from portal.spreadsheets.sheet import Sheet, Unreadable
from portal.spreadsheets.templates import template_csv, template_xlsx

_LINES_ON_A_PAGE = 50
_ROWS = "row,rows"
_TEMPLATES = {
    "xlsx": (template_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (template_csv, "text/csv; charset=utf-8"),
}


class NoLongerKept(Refused):
    """The sheet was imported, thrown away, is too old, or belongs to somebody else."""


class Importing(Screen):
    """What the pages of one import share; a subclass says what is imported."""

    sheet: ClassVar[Sheet]
    kind: ClassVar[KeptSheet.Kind]
    room: ClassVar[str]
    """The namespace of the addresses."""
    each: ClassVar[str]
    left_alone: ClassVar[str]
    """A sentence about the rows that are here already."""

    def address(self, name: str, *args: str) -> str:
        """Return the address of another page of this import."""
        return reverse(f"{self.room}:{name}", args=args)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is imported, and where."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "sheet": self.sheet,
            "limit": f"{self.sheet.row_limit:,}",
            "each": self.each,
            "left_alone": self.left_alone,
            "list_url": self.address("index"),
            "choose_url": self.address("import"),
        }


class OfSites(Importing, PlacesScreen):
    """The import of sites."""

    sheet, kind, room, each = SITES, KeptSheet.Kind.SITES, "places", "site"
    left_alone = (
        "A site whose name or ODS code is here already is left alone. The report says what differs."
    )


class OfPeople(Importing, PeopleScreen):
    """The import of people."""

    sheet, kind, room, each = PEOPLE, KeptSheet.Kind.PEOPLE, "people", "role of a person"
    left_alone = (
        "Somebody whose e-mail address is here already is left alone, and so are their roles."
    )


class ChooseView(Importing):
    """Explain, offer the template, take the file."""

    template_name = "accounts/admin/import_choose.html"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form."""
        return self.show(form=UploadForm())

    def post(self, request: PersonRequest) -> HttpResponse:
        """Read the file, keep what is in it, and go on to the report."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(status=400, form=form)
        file = form.cleaned_data["file"]
        try:
            table = read_sheet(file.file, self.sheet)
        except Unreadable as refused:
            return self.show_refused(form, refused, "file")
        kept = keep_sheet(self.kind, file.name, table, actor=request.user)
        return redirect(self.address("import_report", kept.public_id))

    def get_page_title(self) -> str:
        """Return what is done here."""
        return f"Import {self.sheet.name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the templates."""
        templates = {f"{one}_url": self.address("import_template", one) for one in _TEMPLATES}
        return super().get_context_data(**kwargs) | templates


class ChooseSitesView(OfSites, ChooseView):
    """Choose a spreadsheet of sites."""

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form; the organisation comes first."""
        if the_organisation() is None:
            messages.info(request, "First say who you are. Then add your sites.")
            return redirect("places:organisation")
        return super().get(request)


class ChoosePeopleView(OfPeople, ChooseView):
    """Choose a spreadsheet of people."""


class TemplateView(Importing):
    """Give the template."""

    def get(self, request: PersonRequest, ending: str) -> HttpResponse:
        """Return the file."""
        if ending not in _TEMPLATES:
            raise Http404("There is a template as XLSX and as CSV.")
        make, media_type = _TEMPLATES[ending]
        disposition = f'attachment; filename="{self.sheet.name}-template.{ending}"'
        return HttpResponse(
            make(self.sheet),
            content_type=media_type,
            headers={"Content-Disposition": disposition},
        )


class SitesTemplateView(OfSites, TemplateView):
    """Give the template for sites."""


class PeopleTemplateView(OfPeople, TemplateView):
    """Give the template for people."""


@method_decorator(never_cache, name="dispatch")
class ReportView(Importing):
    """Say what each row would do, and do it on yes."""

    template_name = "accounts/admin/import_report.html"
    page_title = "Look at each row"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to choosing a file when there is nothing to look at any more."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except NoLongerKept as gone:
            messages.warning(request, gone.reason)
            return redirect(self.address("import"))

    @cached_property
    def kept(self) -> KeptSheet:
        """The sheet, while it is kept."""
        found = sheets_of(self.request.user, self.kind).filter(public_id=self.kwargs["public_id"])
        kept = found.first()
        if kept is None:
            raise NoLongerKept("What you uploaded is not kept any more. Upload the file again.")
        return kept

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show every row."""
        return self.show(form=ConfirmPeopleForm())

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Import all of it; nothing, when anything has changed."""
        form = ConfirmPeopleForm(request.POST)
        form.is_valid()
        try:
            count = self.import_all(with_links=form.cleaned_data["with_links"])
        except Refused as refused:
            return self.show(status=refused.status, form=form, refused=refused.reason)
        messages.success(request, f"{self.counted(count).capitalize()} added.")
        return redirect(self.address("index"))

    def import_all(self, *, with_links: bool) -> int:
        """Import what is kept; return how many were added."""
        raise NotImplementedError

    def counted(self, count: int) -> str:
        """Return how many, as a person says it."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the report, and its page that was asked for."""
        report = CHECKS[self.kind](self.kept.table)
        pages = Paginator(report.worst_first, _LINES_ON_A_PAGE)
        return super().get_context_data(**kwargs) | {
            "kept": self.kept,
            "report": report,
            "page": pages.get_page(self.request.GET.get("p")),
            "counted": self.counted(len(report.found)),
            "discard_url": self.address("import_discard", self.kept.public_id),
            "wrong": f"{in_words(report.wrong, _ROWS)} to put right",
            "added": f"{in_words(report.added, _ROWS)} will be added",
            "here": f"{in_words(report.here, _ROWS)} already here",
        }

    def way_back(self) -> list[tuple[str, str]]:
        """Lead back to choosing a file."""
        return [*super().way_back(), (self.address("import"), f"Import {self.sheet.name}")]


class SitesReportView(OfSites, ReportView):
    """Look at sites, row by row."""

    def import_all(self, *, with_links: bool) -> int:
        """Add the sites."""
        return import_sites(self.kept, actor=self.request.user)

    def counted(self, count: int) -> str:
        """Return how many sites."""
        return in_words(count, "site,sites")


class PeopleReportView(OfPeople, ReportView):
    """Look at people, row by row."""

    def import_all(self, *, with_links: bool) -> int:
        """Add the people."""
        return import_people(self.kept, with_links=with_links, actor=self.request.user)

    def counted(self, count: int) -> str:
        """Return how many people."""
        return in_words(count, "person,people")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether a link can be sent to anybody."""
        context = super().get_context_data(**kwargs)
        reached = [one for one in context["report"].found if one.details.email]
        return context | {"can_send_links": bool(reached) and mail_goes_out()}


class DiscardView(Importing):
    """Throw away what was uploaded."""

    http_method_names = ["post"]

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Do it."""
        kept = sheets_of(request.user, self.kind).filter(public_id=public_id).first()
        if kept:
            discard_sheet(kept, actor=request.user)
        messages.success(request, "The list you uploaded is thrown away. Nothing was imported.")
        return redirect(self.address("import"))


class DiscardSitesView(OfSites, DiscardView):
    """Throw away a list of sites."""


class DiscardPeopleView(OfPeople, DiscardView):
    """Throw away a list of people."""
