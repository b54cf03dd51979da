"""The answers as a spreadsheet: those that were published, and the present ones."""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from evidence_review.assessments.actions.record_export import record_export
from evidence_review.assessments.exports import EXPORT_COLUMNS, Row, file_name, rows_of
from evidence_review.assessments.models import Assessment, Publication, PublishedAnswer
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.publishing import answers_now, visible_publications
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin

KINDS = (SafeSpreadsheetMixin.FORMAT_XLSX, SafeSpreadsheetMixin.FORMAT_CSV)


class AnswersAsSpreadsheet(SafeSpreadsheetMixin):
    """Writes answers in catalogue order, one row each."""

    export_headings: ClassVar = {name: heading for name, (heading, _) in EXPORT_COLUMNS.items()}
    list_export: ClassVar = list(EXPORT_COLUMNS)

    def to_row_dict(self, item: Row) -> dict[str, object]:
        """Return the cells of one answer."""
        return {name: read(item) for name, (_, read) in EXPORT_COLUMNS.items()}

    def answer(
        self,
        assessment: Assessment,
        publication: Publication | None,
        kind: str,
        *,
        person: User,
    ) -> HttpResponseBase:
        """Return the file, and write down who took it."""
        answers: Iterable[PublishedAnswer] = (
            publication.answers.order_by("position") if publication else answers_now(assessment)
        )
        today = timezone.localdate().isoformat()
        self.export_filename = file_name(assessment, publication, today)
        record_export(assessment, publication, kind=kind, actor=person)
        response: HttpResponseBase = self.as_spreadsheet(rows_of(answers, publication), kind)
        response["Cache-Control"] = "no-store"
        return response


@method_decorator(login_required, name="dispatch")
class PublicationExport(View):
    """A publication as a spreadsheet."""

    http_method_names = ["get"]

    def get(self, request: PersonRequest, public_id: str, kind: str) -> HttpResponseBase:
        """Give the file."""
        found = get_object_or_404(visible_publications(request.user), public_id=public_id)
        return _file(found.assessment, found, kind, request)


@method_decorator(login_required, name="dispatch")
class PresentExport(View):
    """The present answers as a spreadsheet, each marked as not published."""

    http_method_names = ["get"]

    def get(self, request: PersonRequest, public_id: str, kind: str) -> HttpResponseBase:
        """Give the file."""
        found = get_object_or_404(visible_assessments(request.user), public_id=public_id)
        return _file(found, None, kind, request)


def _file(
    assessment: Assessment, publication: Publication | None, kind: str, request: PersonRequest
) -> HttpResponseBase:
    if kind not in KINDS:
        raise Http404(f"There is no file of the kind “{kind}”. Choose XLSX or CSV.")
    return AnswersAsSpreadsheet().answer(assessment, publication, kind, person=request.user)
