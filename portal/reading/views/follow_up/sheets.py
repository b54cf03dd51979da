"""Lists of follow-up as spreadsheets, with the same rows as on the page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone

from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin

Columns = Mapping[str, tuple[str, Callable[[Any], object]]]
"""Heading and value of each column, in order."""


class _Sheet(SafeSpreadsheetMixin):
    """Writes rows by columns."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.list_export = list(columns)
        self.export_headings = {name: heading for name, (heading, _) in columns.items()}

    def to_row_dict(self, item: Any) -> dict[str, object]:
        """Return the cells of one row."""
        return {name: read(item) for name, (_, read) in self.columns.items()}


def sheet_asked_for(
    request: PersonRequest, name: str, columns: Columns, rows: Iterable[Any]
) -> HttpResponseBase | None:
    """Return the file when the address asks for one (``export=xlsx`` or ``csv``), else None."""
    kind = request.GET.get("export", "")
    if kind not in (SafeSpreadsheetMixin.FORMAT_XLSX, SafeSpreadsheetMixin.FORMAT_CSV):
        return None
    sheet = _Sheet(columns)
    sheet.export_filename = f"{name}-{timezone.localdate()}"
    answer: HttpResponseBase = sheet.as_spreadsheet(iter(rows), kind)
    answer["Cache-Control"] = "no-store"
    return answer
