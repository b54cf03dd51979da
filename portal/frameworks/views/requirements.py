"""The list of requirements in the admin, with filters and spreadsheets."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from portal.frameworks.filters import RequirementFilterSet
from portal.frameworks.models import Requirement
from portal.frameworks.views.access import CatalogueReadersOnly
from portal.spreadsheets import SafeSpreadsheetMixin


class QuestionColumn(Column):
    """The title with the plain question."""

    cell_template_name = "frameworks/cells/question.html"


class NeedColumn(Column):
    """From which level on the item is needed."""

    cell_template_name = "frameworks/cells/need.html"


class CheckColumn(Column):
    """Whether the item awaits checking, and what is doubtful about it."""

    cell_template_name = "frameworks/cells/check.html"


class RequirementListView(CatalogueReadersOnly, SafeSpreadsheetMixin, ReportView):
    """What is asked: read, filter, export."""

    page_title = "Requirements"
    header_icon = "clipboard-list"
    index_url_name = "catalogue:requirements"
    index_results_url_name = "catalogue:requirements_results"
    results_template_name = "frameworks/requirements_results.html"
    filterset_class = RequirementFilterSet
    model = Requirement
    paginate_by = 50
    columns: ClassVar[list[Any]] = [
        Column("ref", label="Reference"),
        Column("edition", label="Edition"),
        QuestionColumn("title", label="Question"),
        NeedColumn("levels", label="Needed for"),
        CheckColumn("confidence", label="Checking"),
    ]
    list_export: ClassVar[list[str]] = [
        "code",
        "section",
        "group",
        "title",
        "question_plain",
        "mandatory",
        "confidence",
        "ref_confidence",
        "level_confidence",
        "confidence_note",
    ]
    export_headings: ClassVar[dict[str, str]] = {
        "code": "Reference",
        "question_plain": "Question",
        "ref_confidence": "Sureness of the reference",
        "level_confidence": "Sureness of the level",
        "confidence": "Source",
        "confidence_note": "Note",
    }
    export_filename = "requirements"

    def get_base_queryset(self) -> QuerySet[Requirement]:
        """Return every requirement that was not retired, in catalogue order."""
        return Requirement.objects.filter(is_retired=False).select_related("edition")

    def get_filtered_queryset(self) -> QuerySet[Requirement]:
        """Return what the filters leave."""
        found: QuerySet[Requirement] = self.get_queryset()
        return found
