"""The templates that are offered wherever a spreadsheet is asked for."""

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from portal.spreadsheets.reading import read_sheet
from portal.spreadsheets.sheet import Sheet, Unreadable
from portal.spreadsheets.templates import template_csv, template_xlsx
from tests.portal.spreadsheets.making import HEADINGS, JARS


def test_the_workbook_has_the_headings_and_explains_every_column() -> None:
    workbook = load_workbook(io.BytesIO(template_xlsx(JARS)))
    listed, explained = workbook.worksheets
    assert [cell.value for cell in listed[1]] == list(HEADINGS)
    assert listed.max_row == 1
    words = [[cell.value for cell in row] for row in explained.iter_rows(min_row=5)]
    assert words == [
        ["Label", "Yes", "What is in it.", None],
        ["Filled on", "No", "A day.", None],
        ["Kind", "No", "Which. One of: Sweet, Sour.", None],
    ]
    [offer] = listed.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref)) == ('"Sweet,Sour"', "C2:C51")


@pytest.mark.parametrize("template", [template_csv, template_xlsx])
def test_a_template_that_was_not_filled_in_says_so(template: Callable[[Sheet], bytes]) -> None:
    with pytest.raises(Unreadable, match="no rows below"):
        read_sheet(io.BytesIO(template(JARS)), JARS)


def test_a_filled_in_template_is_read() -> None:
    workbook = load_workbook(io.BytesIO(template_xlsx(JARS)))
    workbook.worksheets[0].append(["Plum", "31/12/2026", "Sweet"])
    filled = io.BytesIO()
    workbook.save(filled)
    filled.seek(0)
    assert read_sheet(filled, JARS).rows[0].cells["label"] == "Plum"
    table = read_sheet(io.BytesIO(template_csv(JARS) + "Prünelle,,\r\n".encode()), JARS)
    assert table.rows[0].cells["label"] == "Prünelle"
