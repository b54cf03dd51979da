"""The rows of an XLSX file, one at a time: never more of it in memory than one row needs."""

import struct
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from portal.spreadsheets.cells import Cell, cell_of
from portal.spreadsheets.sheet import Unreadable

ZIP_STARTS, OLD_OFFICE_STARTS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of all parts together. The rows are among them and are read as a stream."""
MOST_IN_MEMORY = 16 * 1024 * 1024
"""Bytes of any part that is not a sheet: those are read whole."""
MOST_TAGS = 3_000_000
"""Of all parts together: each becomes an object, which costs more than the bytes it is made of."""
MOST_PARTS = 2000
MOST_COLUMNS = 60
"""What stands further right is not read but told, so that a wide row costs no more than this."""
LAST_ROW = 1_048_576
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MERGED = f"{{{SHEET_MAIN_NS}}}mergeCell"
_ANY_ROW = f"{{{SHEET_MAIN_NS}}}row"
_CELL = f"{{{SHEET_MAIN_NS}}}c"
# What openpyxl, zipfile and the XML parsers raise for a file that is damaged in some way or other;
# what is wrong with the XML is a SyntaxError to both parsers.
_DAMAGED = (
    BadZipFile, InvalidFileException, SyntaxError, LookupError, ValueError, TypeError,
    AttributeError, ArithmeticError, RuntimeError, EOFError, OSError, zlib.error, struct.error,
)  # fmt: skip
TOO_MUCH = (
    "The file holds too much to be a list. Copy the list alone into a new file, and split it when "
    "it is very long."
)
DAMAGED = (
    "The file is damaged or is no spreadsheet. Open it, save it again as XLSX or CSV, and upload "
    "that."
)


def rows_of_xlsx(file: IO[bytes]) -> Generator[list[Cell]]:
    """Give the rows of the first sheet, from the first on, also those that are empty.

    Raises:
        Unreadable: the file is damaged, unpacks to too much, or has no sheet.
    """
    with _damage_told():
        _check_sizes(file)
        workbook = load_workbook(file, read_only=True, keep_links=False)
        if not workbook.worksheets:
            raise Unreadable("The file has no sheet with a list in it.")
        first = workbook.worksheets[0]
        for row in first.iter_rows(max_col=MOST_COLUMNS, max_row=LAST_ROW):
            yield [cell_of(cell.value, cell.data_type) for cell in row]


@dataclass(frozen=True)
class Beside:
    """What the rows do not show: merged ranges like ``A2:A4``; rows with cells too far right."""

    merged: list[str]
    far_right: list[int]


def beside_the_rows(file: IO[bytes]) -> Beside:
    """Look through the first sheet once more for what reading its rows leaves out.

    Raises:
        Unreadable: the file is damaged.
    """
    with _damage_told():
        workbook = load_workbook(file, read_only=True, keep_links=False)
        first: Any = workbook.worksheets[0]
        merged, far_right = [], set()
        # A sheet that is read as a stream does not say what is merged, only where it lies.
        with ZipFile(file) as parts, parts.open(first._worksheet_path) as part:
            for _, element in iterparse(part):
                if element.tag == _MERGED:
                    merged.append(element.get("ref", ""))
                elif element.tag == _CELL and len(element) and (place := element.get("r")):
                    row, column = coordinate_to_tuple(place)
                    if column > MOST_COLUMNS:
                        far_right.add(row)
                elif element.tag == _ANY_ROW:
                    element.clear()
        return Beside(merged, sorted(far_right))


def refuse_old_office(start: bytes) -> None:
    """Say what to do with a file of the old kind, which is also how passwords are put on new ones.

    Raises:
        Unreadable: always.
    """
    if _ENCRYPTED in start:
        raise Unreadable(
            "The file is protected with a password. Remove the password and upload it again."
        )
    raise Unreadable("The file is of the old kind, XLS. Save it as XLSX or CSV and upload that.")


def _check_sizes(file: IO[bytes]) -> None:
    """Look at what each part says it unpacks to; ``zipfile`` never unpacks more than that."""
    with ZipFile(file) as parts:
        infos = parts.infolist()
        names = {info.filename for info in infos}
        sizes = [info.file_size for info in infos]
        whole = [info.file_size for info in infos if not info.filename.startswith("xl/worksheets/")]
    if len(infos) > MOST_PARTS or sum(sizes) > MOST_UNPACKED or max(whole) > MOST_IN_MEMORY:
        raise Unreadable(TOO_MUCH)
    if _count_tags(file) > MOST_TAGS:
        raise Unreadable(TOO_MUCH)
    if "xl/workbook.xml" not in names and "mimetype" in names:
        raise Unreadable(
            "The file is an OpenDocument file. Save it as XLSX or CSV and upload that."
        )


def _count_tags(file: IO[bytes]) -> int:
    count = 0
    with ZipFile(file) as parts:
        for info in parts.infolist():
            with parts.open(info) as part:
                while some := part.read(1 << 16):
                    count += some.count(b"<")
    return count


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise Unreadable(DAMAGED) from error
