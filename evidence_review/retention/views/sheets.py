"""The retention schedule and the list of what is due, as spreadsheets."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from evidence_review.retention.terms import Basis, in_years
from portal.spreadsheets import SafeSpreadsheetMixin

Columns = Mapping[str, tuple[str, Callable[[Any], object]]]
"""Heading and value of each column, in order."""

SCHEDULE: Columns = {
    "kind": ("Kind of evidence", lambda rule: rule.type.name),
    "months": ("Kept for", lambda rule: in_years(rule.months)),
    "basis": ("Counted from", lambda rule: Basis(rule.basis).label),
    "never": ("Months, if never approved", lambda rule: rule.months_never_approved),
    "source": ("Where this comes from", lambda rule: rule.source),
    "by": (
        "Confirmed by",
        lambda rule: rule.confirmed_by.actor_label if rule.confirmed_by else "Not confirmed",
    ),
    "at": (
        "Confirmed on",
        lambda rule: timezone.localdate(rule.confirmed_at) if rule.confirmed_at else "",
    ),
}
DUE: Columns = {
    "evidence": ("Evidence", lambda row: row.version.evidence.title),
    "version": ("Version", lambda row: row.version.number),
    "state": ("State", lambda row: row.version.look.label),
    "kept_until": ("Kept until", lambda row: row.term.kept_until),
    "rule": ("Rule", lambda row: row.rule_in_words),
    "kind": ("Kind", lambda row: row.version.evidence.type.name),
    "site": ("Site", lambda row: str(row.version.evidence.site or "Every site")),
    "size": ("Bytes", lambda row: row.version.size),
    "sha256": ("SHA-256 of the file", lambda row: row.version.sha256),
}


def sheet_asked_for(
    request: HttpRequest, name: str, columns: Columns, rows: Callable[[], Iterable[object]]
) -> HttpResponseBase | None:
    """Return the spreadsheet, if the address asks for one; the rows are read only then."""
    wanted = request.GET.get("export")
    if wanted not in SafeSpreadsheetMixin.FORMATS:
        return None

    class Sheet(SafeSpreadsheetMixin):
        export_filename = name
        list_export: ClassVar = list(columns)
        export_headings: ClassVar = {key: heading for key, (heading, _) in columns.items()}

        def to_row_dict(self, item: object) -> dict[str, object]:
            return {key: value(item) for key, (_, value) in columns.items()}

    made: HttpResponseBase = Sheet().as_spreadsheet(rows(), wanted)
    return made
