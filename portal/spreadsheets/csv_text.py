"""The rows of a CSV file, whatever program saved it."""

import codecs
import csv
import io
from collections.abc import Collection, Generator
from typing import IO

from portal.spreadsheets.cells import Cell

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", ";", "\t")


class BrokenRow(Exception):
    """From this row on the file cannot be read; ``row`` is its number."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def rows_of_csv(file: IO[bytes], headings: Collection[str]) -> Generator[list[Cell]]:
    """Give the rows from the first on, also those that are empty.

    Bytes that are not in the encoding come as characters that no text may hold, so that the rows
    they stand in can be named. The separator is the one that finds most of the ``headings``, which
    are given in small letters.

    Raises:
        BrokenRow: a quotation mark is not closed, or something stands behind a closed one.
    """
    start = file.read(4)
    file.seek(0)
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")
    text = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline="")
    number = 0
    try:
        separator = _separator(text.readline(20_000), headings)
        text.seek(0)
        for row in csv.reader(text, delimiter=separator, strict=True):
            number += 1
            yield [Cell(value) for value in row]
    except (csv.Error, UnicodeDecodeError) as error:
        raise BrokenRow(number + 1) from error
    finally:
        text.detach()


def _separator(first_line: str, headings: Collection[str]) -> str:
    def found(separator: str) -> int:
        return sum(
            part.strip().strip('"').casefold() in headings for part in first_line.split(separator)
        )

    return max(_SEPARATORS, key=found)
