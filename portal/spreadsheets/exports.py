"""Lists as XLSX and CSV that do not run anything when they are opened."""

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import SpreadsheetExportMixin

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral_cell(text: str) -> str:
    """Return ``text`` so that a spreadsheet program shows it and never computes it.

    A text that would start a formula gets an apostrophe in front, also behind leading spaces.
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text


class SafeSpreadsheetMixin(SpreadsheetExportMixin):
    """Wagtail's export of a list, with every cell made harmless.

    CSV cells that would start a formula are neutralised. XLSX cells are stored as text (Wagtail
    does that) and lose the control characters that XLSX cannot hold.
    """

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        """Return the value of one cell as it is written."""
        written: object = super().preprocess_field_value(field, value, export_format)
        if not isinstance(written, str):
            return written
        if export_format == self.FORMAT_CSV:
            return neutral_cell(written)
        return ILLEGAL_CHARACTERS_RE.sub("\ufffd", written)
