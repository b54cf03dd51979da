"""What is in a pack: everything that was approved at its moment, in the order it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evidence_review.inspection.past import (
    ChapterThen,
    EvidenceThen,
    chapters_at,
)
from evidence_review.packs.models import Pack
from evidence_review.packs.names import Names
from evidence_review.packs.scopes import thawed
from portal.record.moments import Moment


@dataclass(frozen=True)
class Contents:
    """What the report and the manifest are written from. Both come from this alone.

    ``paths`` names each evidence's file inside the pack by the evidence's ref; it is empty in a
    pack without files.
    """

    scope: dict[str, Any]
    with_files: bool
    moment: Moment
    evidence: list[EvidenceThen]
    chapters: list[ChapterThen]
    paths: dict[str, str] = field(default_factory=dict)

    @property
    def files_size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.evidence) if self.with_files else 0

    @property
    def events(self) -> list[int]:
        """The number of every listed event, ascending."""
        return sorted({seq for one in self.evidence for seq in one.events})


def contents_of(pack: Pack, moment: Moment) -> Contents:
    """Return what was approved at a moment of the record, as the pack's scope asks."""
    chapters = chapters_at(thawed(pack.scope), moment)
    # Everything in scope is shown under a requirement: the same as asking the past once more.
    listed = {
        one.ref: one for chapter in chapters for part in chapter.parts for one in part.evidence
    }
    evidence = sorted(listed.values(), key=lambda one: (one.title, one.ref))
    paths = dict(_paths(evidence, chapters)) if pack.with_files else {}
    return Contents(pack.scope, pack.with_files, moment, evidence, chapters, paths)


def _paths(evidence: list[EvidenceThen], chapters: list[ChapterThen]) -> Iterator[tuple[str, str]]:
    """Name each file once, in the folder of the first requirement it is shown under."""
    folders: dict[str, str] = {}
    for chapter in chapters:
        for part in chapter.parts:
            shown = [one.ref for one in part.evidence]
            claimed = [ref for claim in part.claims for ref in claim.evidence]
            for ref in [*shown, *claimed]:
                folders.setdefault(ref, part.code.partition(":")[2] or part.code)
    names = Names()
    for one in evidence:
        folder = folders.get(one.ref, "other")
        yield one.ref, names.path(folder, one.title, one.number, one.extension)


def scope_in_words(scope: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the scope as (heading, words), for a report and for screens."""
    return [
        ("Frameworks", ", ".join(scope["edition_names"]) or "None"),
        ("Statements", ", ".join(scope["statement_names"]) or "All"),
        ("Sites", ", ".join(scope["site_names"]) or ("None" if scope["sites"] else "Every site")),
        ("Approved", _span(scope["approved_from"], scope["approved_to"])),
    ]


def _span(first: str, last: str) -> str:
    words = [f"{name} {_said(day)}" for name, day in (("from", first), ("to", last)) if day]
    return " ".join(words) or "At any time"


def _said(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"
