"""The template of a spreadsheet: headings to fill in below, and a sheet that explains them."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.spreadsheets.sheet import Column, Sheet

_EXPLAINED = ("Column", "Must be filled in", "What to put in it", "For example")
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_LONGEST_LIST_OF_CHOICES = 255
"""In characters: what XLSX can hold."""


def template_csv(sheet: Sheet) -> bytes:
    """Return the headings as CSV, marked as UTF-8 so that Excel keeps every letter."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.heading for column in sheet.columns])
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(sheet: Sheet) -> bytes:
    """Return a workbook: an empty list with headings and choices, and a sheet that explains."""
    workbook = Workbook()
    listed, explained = workbook.worksheets[0], workbook.create_sheet("How to fill it in")
    listed.title = sheet.title
    _put_headings(listed, sheet)
    _explain(explained, sheet)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _put_headings(listed: Worksheet, sheet: Sheet) -> None:
    listed.append([column.heading for column in sheet.columns])
    listed.freeze_panes = "A2"
    for position, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(position)
        listed[f"{letter}1"].font = _BOLD
        listed.column_dimensions[letter].width = max(18, len(column.heading) + 4)
        # Text, so that the program does not make a date or a number of a code.
        listed.column_dimensions[letter].number_format = "@"
        _offer_choices(listed, column, f"{letter}2:{letter}{sheet.row_limit + 1}")


def _offer_choices(listed: Worksheet, column: Column, where: str) -> None:
    joined = ",".join(column.choices)
    if not column.choices or len(joined) > _LONGEST_LIST_OF_CHOICES:
        return
    offer = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
    offer.add(where)
    listed.add_data_validation(offer)


def _explain(explained: Worksheet, sheet: Sheet) -> None:
    explained.append([f"One row for each of your {sheet.name}, at most {sheet.row_limit:,} rows."])
    explained.append(["Keep the headings as they are. Nothing is imported before you confirm it."])
    explained.append([])
    explained.append(list(_EXPLAINED))
    for column in sheet.columns:
        needed = "Yes" if column.is_needed else "No"
        choices = f" One of: {', '.join(column.choices)}." if column.choices else ""
        explained.append([column.heading, needed, column.explanation + choices, column.example])
    for cell in explained[4]:
        cell.font = _BOLD
    for letter, width in zip("ABCD", (22, 18, 70, 28), strict=True):
        explained.column_dimensions[letter].width = width
    for row in explained.iter_rows(min_row=5):
        for cell in row:
            cell.alignment = _WRAPPED
