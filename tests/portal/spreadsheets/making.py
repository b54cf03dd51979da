"""Spreadsheets for tests: good ones, and ones in every bad condition."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook

from portal.spreadsheets.sheet import Column, Sheet

JARS = Sheet(
    name="jars",
    title="Jars",
    columns=(
        Column(name="label", heading="Label", explanation="What is in it.", is_needed=True),
        Column(name="filled", heading="Filled on", explanation="A day.", is_day=True),
        Column(name="kind", heading="Kind", explanation="Which.", choices=("Sweet", "Sour")),
    ),
    row_limit=50,
)
HEADINGS = ("Label", "Filled on", "Kind")


def xlsx(*rows: Iterable[Any], merged: str = "", headings: Iterable[str] = HEADINGS) -> io.BytesIO:
    """Return a workbook with headings and these rows."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (headings, *rows):
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    content = io.BytesIO()
    workbook.save(content)
    content.seek(0)
    return content


def text(content: str, encoding: str = "utf-8") -> io.BytesIO:
    """Return a text file."""
    return io.BytesIO(content.encode(encoding))


def with_part(workbook: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """Return the workbook with one part put in or replaced."""
    return with_parts(workbook, {name: content})


def with_parts(workbook: io.BytesIO, parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return the workbook with parts put in or replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(workbook) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            if info.filename not in parts:
                target.writestr(info.filename, source.read(info))
        for name, content in parts.items():
            target.writestr(name, content)
    made.seek(0)
    return made
