"""Spreadsheets as people bring them: any program, any condition."""

import contextlib
import io
import re
import tracemalloc
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.spreadsheets.reading import MOST_BYTES, read_sheet
from portal.spreadsheets.sheet import Row, Sheet, Table, Unreadable
from tests.portal.spreadsheets.making import HEADINGS, JARS, text, with_part, xlsx

PLUM = ("Plum", "31/12/2026", "Sweet")
PLUM_READ = {"label": "Plum", "filled": "2026-12-31", "kind": "Sweet"}
SHEET_XML = "xl/worksheets/sheet1.xml"


def read(file: io.BytesIO, sheet: Sheet = JARS) -> Table:
    return read_sheet(file, sheet)


def said(table: Table) -> list[tuple[int, str]]:
    return [(problem.row, problem.sentence) for problem in table.problems]


def refusal(file: io.BytesIO, sheet: Sheet = JARS) -> str:
    with pytest.raises(Unreadable) as caught:
        read_sheet(file, sheet)
    return caught.value.reason


@pytest.mark.parametrize(
    "file",
    [
        xlsx(PLUM),
        xlsx(("Plum", date(2026, 12, 31), "Sweet")),
        xlsx(("Plum", datetime(2026, 12, 31, 0, 0), "Sweet")),  # noqa: DTZ001 - as Excel keeps days
        text("Label,Filled on,Kind\nPlum,31/12/2026,Sweet\n"),
        text("Label;Filled on;Kind\r\nPlum;31/12/2026;Sweet\r\n"),
        text("Label\tFilled on\tKind\nPlum\t31/12/2026\tSweet\n"),
        text("Label,Filled on,Kind\nPlum,31/12/2026,Sweet", "utf-8-sig"),
        text("Label\tFilled on\tKind\nPlum\t31/12/2026\tSweet\n", "utf-16"),
        text(' LABEL ,"filled  on",kind\n Plum ,31/12/2026,Sweet\n'),
        text("Kind,Label,Filled on\nSweet,Plum,31/12/2026\n"),
        text("Label,Filled on,Kind\rPlum,31/12/2026,Sweet\r"),
    ],
    ids=[
        "text", "date", "moment", "comma", "semicolon", "tab", "mark", "utf-16", "spaces",
        "other order", "old line ends",
    ],
)  # fmt: skip
def test_the_same_list_is_read_whatever_program_saved_it(file: io.BytesIO) -> None:
    assert read(file) == Table([Row(2, PLUM_READ)], [])


@pytest.mark.parametrize(
    "written",
    [
        "31/12/2026", "31-12-2026", "31.12.2026", "2026-12-31", "31 Dec 2026", "31 December 2026",
        "31st december 2026", "31-Dec-2026", " 31/12/2026 ", "2026-12-31 00:00:00",
    ],
)  # fmt: skip
def test_days_are_read_as_people_in_britain_write_them(written: str) -> None:
    assert read(xlsx(("Plum", written, ""))).rows[0].cells["filled"] == "2026-12-31"


@pytest.mark.parametrize(
    "written",
    ["31/02/2026", "soon", "31/12/26", "12/2026", "2026", "46387", 46387, "13/13/2026", "0/1/2026",
     "31 Foo 2026", "٣١/١٢/٢٠٢٦", "31/12-2026", "2026-12-31 10:30", time(10, 30)],
)  # fmt: skip
def test_a_day_that_cannot_be_read_for_certain_is_named(written: object) -> None:
    [(row, sentence)] = said(read(xlsx(("Plum", written, ""))))
    assert row == 2
    assert sentence.startswith("Filled on is no date we can read: ")
    assert sentence.endswith("Write it like 31/12/2026.")


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    table = read(xlsx((), ("Plum", "", ""), ("", " ", ""), (None, None, None), ("Quince", "", "")))
    assert [(row.number, row.cells["label"]) for row in table.rows] == [(3, "Plum"), (6, "Quince")]
    table = read(text("Label\n\nPlum\n \n\nQuince\n"))
    assert [(row.number, row.cells["label"]) for row in table.rows] == [(3, "Plum"), (6, "Quince")]


def test_a_list_may_begin_below_empty_rows_and_leave_out_what_is_not_needed() -> None:
    table = read(text("\n\nLabel\nPlum\n"))
    assert table.rows == [Row(4, {"label": "Plum", "filled": "", "kind": ""})]


def test_numbers_are_read_as_they_are_shown() -> None:
    table = read(xlsx((12, "", 12.0), (1.5, "", True)))
    assert [row.cells["label"] for row in table.rows] == ["12", "1.5"]
    assert table.rows[0].cells["kind"] == "12"


def test_line_breaks_and_runs_of_spaces_become_a_space() -> None:
    assert read(xlsx(("Plum\n and  pear\u00a0", "", ""))).rows[0].cells["label"] == "Plum and pear"
    file = text('Label\n"Plum\nand\tpear"\n\u200bQuince\n')
    assert [row.cells["label"] for row in read(file).rows] == ["Plum and pear", "Quince"]


TROUBLED = {
    "formula": ("=1+1", "Label holds a formula."),
    "array formula": ("=SUM(A1:A9)", "Label holds a formula."),
    "fault": ("#REF!", "Label holds the fault #REF!."),
    "a date": (date(2026, 12, 31), "Label holds a date or a time (2026-12-31)."),
    "a time": (time(10, 30), "Label holds a date or a time (10:30:00)."),
    "huge": ("x" * 30_000, "Label has more than 2,000 characters."),
    "turned text": ("Plum\u202eevil", "Label has characters that we cannot read."),
}


@pytest.mark.parametrize("case", TROUBLED)
def test_a_cell_that_cannot_be_used_is_named_with_its_row_and_column(case: str) -> None:
    value, sentence = TROUBLED[case]
    table = read(xlsx(("Quince", "", ""), (value, "", "")))
    [(row, told)] = said(table)
    assert row == 3
    assert told.startswith(sentence)
    assert told.endswith(".")
    assert table.rows[1].cells["label"] == ""


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800"])
def test_control_characters_are_named(character: str) -> None:
    content = f"Label\nPl{character}um\n".encode("utf-8", "surrogatepass")
    [(row, told)] = said(read(io.BytesIO(content)))
    assert (row, told[:35]) == (2, "Label has characters that we cannot")


def test_letters_saved_in_another_encoding_are_named_and_not_guessed() -> None:
    table = read(text("Label,Kind\nPlum,Sweet\nPrünelle,Sour\n", "cp1252"))
    assert [row for row, _ in said(table)] == [3]
    assert "save the file as XLSX" in said(table)[0][1]


def test_merged_cells_are_named_with_the_row_they_begin_in() -> None:
    table = read(xlsx(PLUM, PLUM, PLUM, merged="A3:A4"))
    assert said(table) == [
        (3, "The cells A3 to A4 are merged into one. Unmerge them, and fill in each row.")
    ]


def test_a_cell_too_many_is_named() -> None:
    sentence = "Something stands in a column without a heading."
    for file in (text("Label\nPlum, ripe\n"), xlsx((*PLUM, "", "ripe")), text("Label,\nPlum,x\n")):
        [(row, told)] = said(read(file))
        assert (row, told.startswith(sentence)) == (2, True)


def test_a_cell_far_to_the_right_is_named_and_costs_no_time() -> None:
    wide = [(*PLUM, *[""] * 16_000, "x")] * 2
    table = read(xlsx(PLUM, *wide))
    assert [row for row, _ in said(table)] == [3, 4]
    assert all("without a heading" in told for _, told in said(table))


@pytest.mark.parametrize("broken", ['Label\nPlum\n"Quince\nPear\n', 'Label\nPlum\n"Quince"x\n'])
def test_a_quotation_mark_that_does_not_close_is_named(broken: str) -> None:
    table = read(text(broken))
    assert [row.cells["label"] for row in table.rows] == ["Plum"]
    assert [(row, told[:38]) for row, told in said(table)] == [
        (3, "From here on the file cannot be read: ")
    ]


COLUMNS = {
    "missing": (("Filled on",), "The file does not have the column “Label”."),
    "unknown": (("Label", "Colour"), "We do not know the column “Colour”."),
    "twice": (("Label", "label"), "The column “Label” is there twice."),
    "another list": (("Name", "Age"), "We do not know the column “Name” and “Age”."),
}


@pytest.mark.parametrize("case", COLUMNS)
def test_other_columns_than_those_of_the_list_are_refused(case: str) -> None:
    headings, sentence = COLUMNS[case]
    for file in (xlsx(PLUM[: len(headings)], headings=headings), text(",".join(headings) + "\nx")):
        told = refusal(file)
        assert sentence in told
        assert told.endswith("The columns are: Label, Filled on, Kind. The template has them all.")


def test_a_list_without_rows_or_headings_is_refused() -> None:
    assert refusal(xlsx()) == "The file has headings, and no rows below them."
    assert refusal(xlsx(headings=())).startswith("The file has no headings.")
    assert refusal(text("\n" * 90)) == "The selected file is empty."


OTHER_FILES = {
    "nothing": (b"", "is empty"),
    "a pdf": (b"%PDF-1.7 and so on", "must be a spreadsheet"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "must be a spreadsheet"),
    "a web page": (b"<!DOCTYPE html><p>Hello", "must be a spreadsheet"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "of the old kind, XLS"),
    "a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected with a password",
    ),
    "half a workbook": (xlsx(PLUM).getvalue()[:900], "damaged or is no spreadsheet"),
    "any zip": (with_part(xlsx(), "xl/workbook.xml", b"<x/>").getvalue(), "has no sheet"),
    "too large": (b"Label\n" + b"x" * MOST_BYTES, "must be smaller than 5 MB"),
}


@pytest.mark.parametrize("case", OTHER_FILES)
def test_what_is_no_spreadsheet_is_refused_with_what_to_do(case: str) -> None:
    content, sentence = OTHER_FILES[case]
    assert sentence in refusal(io.BytesIO(content))


def test_a_zip_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(xlsx(PLUM), SHEET_XML, bytes(70_000_000))
    assert bomb.getbuffer().nbytes < 200_000
    tracemalloc.start()
    told = refusal(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told.startswith("The file holds too much to be a list.")
    assert peak < 5_000_000
    tags = with_part(xlsx(PLUM), SHEET_XML, b"<c/>" * 3_000_001)
    assert refusal(tags).startswith("The file holds too much")
    words = with_part(xlsx(PLUM), "xl/sharedStrings.xml", bytes(20_000_000))
    assert refusal(words).startswith("The file holds too much")


def test_entities_are_not_expanded() -> None:
    entities = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">
    <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>"""
    assert "damaged" in refusal(with_part(xlsx(PLUM), SHEET_XML, entities))


def test_a_hundred_thousand_rows_are_refused_in_a_sentence_and_in_little_memory() -> None:
    many = "".join(f"Jar {number},,Sweet\n" for number in range(100_000))
    file = text("Label,Filled on,Kind\n" + many)
    tracemalloc.start()
    told = refusal(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told.startswith("The file has more than 50 rows. Split it into several files")
    assert peak < 5_000_000


def test_a_workbook_of_a_hundred_thousand_rows_is_left_at_the_limit() -> None:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Jar {0}</t></is></c></row>'
    rows = "".join(row.format(number) for number in range(2, 100_002))
    head = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{heading}</t></is></c>'
        for letter, heading in zip("ABC", HEADINGS, strict=True)
    )
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    size = '<dimension ref="A1:C100001"/>'
    sheet = f'<worksheet xmlns="{name}">{size}<sheetData><row r="1">{head}</row>{rows}</sheetData>'
    file = with_part(xlsx(), SHEET_XML, (sheet + "</worksheet>").encode())
    tracemalloc.start()
    told = refusal(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told.startswith("The file has more than 50 rows.")
    assert peak < 15_000_000


def test_just_as_many_rows_as_are_allowed_are_read() -> None:
    assert len(read(xlsx(*[PLUM] * 50)).rows) == 50
    assert "more than 50 rows" in refusal(xlsx(*[PLUM] * 51))


def test_a_table_that_was_kept_comes_back_as_it_was() -> None:
    table = read(xlsx(PLUM, ("=1", "", "")))
    assert Table.from_json(table.as_json()) == table


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_and_never_breaks_us(data: st.DataObject) -> None:
    content = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(4, len(content)))
    _read_or_refuse(bytes(content[:cut] if data.draw(st.booleans()) else content))


WORKBOOK = xlsx(PLUM, ("Quince", 46000, "Sour")).getvalue()
PARTS = ["xl/workbook.xml", SHEET_XML, "xl/styles.xml", "[Content_Types].xml"]
SNIPPETS = st.sampled_from(
    ['t="s"', 't="e"', 't="d"', 's="99"', 'r="ZZ9"', 'r="A0"', "<v>x</v>", "<f/>", "&#0;", "<", "'"]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PARTS), st.floats(0, 1), SNIPPETS)
def test_a_part_with_something_odd_in_it_never_breaks_us(part: str, where: float, odd: str) -> None:
    workbook = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(workbook) as parts:
        xml = parts.read(part).decode()
    gaps = [found.start() for found in re.finditer("[ >]", xml)]
    at = gaps[int(where * (len(gaps) - 1))] + 1
    _read_or_refuse(with_part(workbook, part, (xml[:at] + odd + xml[at:]).encode()).getvalue())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda some: some.encode()))
def test_no_text_at_all_breaks_us(content: bytes) -> None:
    _read_or_refuse(b"Label,Filled on,Kind\n" + content)
    _read_or_refuse(content)


def _read_or_refuse(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        table = read(io.BytesIO(content))
        assert table.rows or table.problems
        for row in table.rows:
            assert "\x00" not in "".join(row.cells.values())
