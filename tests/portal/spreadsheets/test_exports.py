"""Exported lists that do not run anything when they are opened."""

import csv
import io
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from django.views import View
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.spreadsheets.exports import SafeSpreadsheetMixin, neutral_cell

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "=cmd|' /C x'!A0",
]


class Jars(SafeSpreadsheetMixin, View):
    """A list of one column to export."""

    list_export = ("label",)
    export_headings = {"label": "Label"}


def exported(value: Any, export_format: str) -> Any:
    """Return the response of exporting one cell."""
    view = Jars()
    view.setup(RequestFactory().get("/", {"export": export_format}))
    return view.as_spreadsheet([SimpleNamespace(label=value)], export_format)


def csv_cell(value: Any) -> str:
    """Return the cell as a program reads it from the CSV file."""
    text = b"".join(exported(value, "csv").streaming_content).decode()
    return list(csv.reader(io.StringIO(text, newline="")))[1][0]


def xlsx_cell(value: Any) -> Any:
    """Return the cell as a program reads it from the XLSX file."""
    content = b"".join(exported(value, "xlsx").streaming_content)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return sheet["A2"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_csv_cell_never_starts_a_formula(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_an_xlsx_cell_is_text_and_never_a_formula(text: str) -> None:
    assert xlsx_cell(text).data_type == "s"


@pytest.mark.parametrize("text", ["", "Fire drill", "a=b", "2+2", "1-1", "'quoted'", "£5", "é"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert neutral_cell(text) == csv_cell(text) == text


@given(st.text())
def test_no_text_at_all_starts_a_formula(text: str) -> None:
    assert not neutral_cell(text).lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_and_dates_stay_numbers_and_dates() -> None:
    assert csv_cell(-5) == "-5"
    assert xlsx_cell(-5).value == -5
    assert xlsx_cell(date(2027, 6, 30)).value == date(2027, 6, 30)


@pytest.mark.parametrize("text", ["a\0b", "bell\x07", "\x1b[31m"])
def test_control_characters_do_not_break_an_xlsx_file(text: str) -> None:
    assert "\ufffd" in xlsx_cell(text).value
