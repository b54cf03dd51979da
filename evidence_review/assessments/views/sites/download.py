"""Head office's answers as a spreadsheet, for a manager to hold against what is done locally."""

from collections.abc import Callable
from typing import ClassVar

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from evidence_review.assessments.given_words import main_words, where_words
from evidence_review.assessments.queries.site_answers import AtSite, Kept, answers_at
from evidence_review.assessments.views.sites.finding import coverage_or_404
from portal.chrome.words import day
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin

KINDS = (SafeSpreadsheetMixin.FORMAT_XLSX, SafeSpreadsheetMixin.FORMAT_CSV)

COLUMNS: dict[str, tuple[str, Callable[[AtSite], str]]] = {
    "ref": ("Reference", lambda one: one.response.requirement.ref),
    "section": ("Section", lambda one: one.response.requirement.section),
    "question": ("Question", lambda one: one.response.requirement.question_plain),
    "answer": ("Head office's answer", lambda one: main_words(one.response)),
    "kept": ("Where it is kept", lambda one: where_words(one.response)),
    "evidence": ("Evidence", lambda one: "\n".join(_evidence(kept) for kept in one.kept)),
    "confirmed": ("Answer of", lambda one: day(one.response.confirmed_at)),
    "word": ("At this site", lambda one: one.look.label),
    "difference": ("What is different here", lambda one: one.said.difference if one.said else ""),
}
"""Heading and value of each column, in order."""


def _evidence(kept: Kept) -> str:
    if kept.approved_at is None:
        return f"{kept.evidence.title} (not approved yet)"
    return f"{kept.evidence.title}, version {kept.number}, approved {day(kept.approved_at)}"


class AnswersForSite(SafeSpreadsheetMixin):
    """Writes head office's answers in catalogue order, one row each."""

    export_headings: ClassVar = {name: heading for name, (heading, _) in COLUMNS.items()}
    list_export: ClassVar = list(COLUMNS)

    def to_row_dict(self, item: AtSite) -> dict[str, object]:
        """Return the cells of one answer."""
        return {name: read(item) for name, (_, read) in COLUMNS.items()}


@method_decorator(login_required, name="dispatch")
class SiteAnswersDownload(View):
    """The answers at one site as a file."""

    http_method_names = ["get"]

    def get(
        self, request: PersonRequest, public_id: str, site_public_id: str, kind: str
    ) -> HttpResponseBase:
        """Give the file."""
        coverage = coverage_or_404(request.user, public_id, site_public_id)
        if kind not in KINDS:
            raise Http404(f"There is no file of the kind “{kind}”. Choose XLSX or CSV.")
        file = AnswersForSite()
        file.export_filename = (
            f"{coverage.assessment.edition.code}-answers-to-check-{timezone.localdate()}"
        )
        response: HttpResponseBase = file.as_spreadsheet(iter(answers_at(coverage)), kind)
        response["Cache-Control"] = "no-store"
        return response
