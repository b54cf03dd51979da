"""What there is to see of one version without opening its file, and why there is nothing."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.drawing import DRAWABLE
from evidence_review.extraction.models import ExtractedText, LookInside, PagePictures
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.queries import pictures_of, text_of

_SHOWN_CHARACTERS = 100_000
_SHOWN_ROWS, _SHOWN_COLUMNS = 200, 20
_TABLES = frozenset({"xlsx", "ods", "csv"})
_WHY_NOT = {
    Outcome.FAILED: "No preview could be made of this file.",
    Outcome.LATE: "Making a preview of this file took too long.",
    Outcome.TOO_BIG: "This file is too big for a preview.",
    Outcome.NOTHING_TO_READ: "There is no text in this file.",
}


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook or CSV file, as far as it is shown."""

    name: str
    rows: list[list[str]]
    is_cut: bool


@dataclass(frozen=True)
class Preview:
    """Pictures and text of one version, as far as they are made."""

    version: EvidenceVersion
    pictures: PagePictures | None
    text: ExtractedText | None

    @property
    def page_numbers(self) -> range:
        """The pages there is a picture of."""
        shown = self.pictures.shown if self.pictures and _is_done(self.pictures) else 0
        return range(1, shown + 1)

    @property
    def is_being_made(self) -> bool:
        """Whether what this file is shown by, pictures or text, is still to come."""
        shown_by: LookInside | None = self.pictures if self._has_pages else self.text
        return shown_by is None or shown_by.is_waiting

    @property
    def why_not(self) -> str:
        """Why there is nothing to see; "" while it is being made, and when there is."""
        shown_by: LookInside | None = self.pictures if self._has_pages else self.text
        if shown_by is None or shown_by.is_waiting or _is_done(shown_by):
            return ""
        return _WHY_NOT[Outcome(shown_by.outcome)]

    @property
    def why_no_text(self) -> str:
        """What to say in place of the text of a file that is shown by pictures."""
        if self.text is None or self.text.is_waiting:
            return "The text is being taken out. Reload this page in a moment."
        if self.text.outcome == Outcome.NOTHING_TO_READ:
            return "There is no text in this file that a program can read."
        return "" if self.text.text else "The text of this file could not be read."

    @property
    def text_pages(self) -> list[str]:
        """The text, page by page, as far as it is shown."""
        pages = self._shown_text.split("\f")
        return pages if any(page.strip() for page in pages) else []

    @property
    def is_text_cut(self) -> bool:
        """Whether there is more text than is shown."""
        return self.text is not None and (
            self.text.is_cut or len(self.text.text) > _SHOWN_CHARACTERS
        )

    @property
    def sheets(self) -> list[Sheet]:
        """The tables of a workbook or CSV file; none for anything else."""
        if self.version.extension not in _TABLES:
            return []
        return [sheet for sheet in _sheets(self._shown_text, self.version.extension) if sheet.rows]

    @property
    def _shown_text(self) -> str:
        return self.text.text[:_SHOWN_CHARACTERS] if self.text else ""

    @property
    def _has_pages(self) -> bool:
        return self.version.extension in DRAWABLE


def _is_done(look: LookInside) -> bool:
    return look.outcome == Outcome.DONE


def _sheets(text: str, extension: str) -> Iterator[Sheet]:
    if extension == "csv":
        yield _sheet("", list(islice(_csv_rows(text), _SHOWN_ROWS + 1)))
        return
    for part in text.split("\f"):
        name, _, lines = part.partition("\n")
        rows = [line.split("\t") for line in lines.split("\n")[: _SHOWN_ROWS + 2] if line]
        yield _sheet(name, rows)


def _csv_rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(text.split("\n"), delimiter=delimiter)
    except csv.Error:
        yield from ([line] for line in text.split("\n"))


def _sheet(name: str, rows: Sequence[list[str]]) -> Sheet:
    shown = [row[:_SHOWN_COLUMNS] for row in rows[:_SHOWN_ROWS] if any(row)]
    widest = max(map(len, shown), default=0)
    is_cut = len(rows) > _SHOWN_ROWS or any(len(row) > _SHOWN_COLUMNS for row in rows)
    return Sheet(name, [row + [""] * (widest - len(row)) for row in shown], is_cut)


def preview_of(version: EvidenceVersion) -> Preview:
    """Return what there is to see of the version; two questions to the database."""
    pictures = pictures_of(version.sha256) if version.extension in DRAWABLE else None
    return Preview(version, pictures, text_of(version.sha256))
