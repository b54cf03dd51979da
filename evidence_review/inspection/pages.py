"""The pages of a summary: which one is asked for, and the facts on it."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.parts import label_of
from evidence_review.inspection.shown import (
    Facts,
    chapter_facts,
    claim_facts,
    version_facts,
)
from evidence_review.inspection.summary import (
    Source,
    claims_of,
    for_printing,
    overview,
    page_of,
    requirement,
    section,
)

NAME = re.compile(r"[A-Za-z0-9._:-]{1,80}")
"""What keys of parts and public ids are made of; anything else is never looked for."""
TEMPLATES = {
    "summary": "inspection/summary.html",
    "section": "inspection/section.html",
    "requirement": "inspection/requirement.html",
    "print": "inspection/print.html",
}
_PRINT = "print:"


@dataclass(frozen=True)
class Asked:
    """Which page somebody asks for: a part of the summary, to print or not, and where in it."""

    part: str = ""
    to_print: bool = False
    number: str | None = None
    show_all: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Asked | None":
        """Read an address; ``None`` for what can be the name of no part."""
        part = query.get("part", "")
        if part and not NAME.fullmatch(part):
            return None
        return cls(part, query.get("view") == "print", query.get("page"), query.get("all") == "1")

    @property
    def name(self) -> str:
        """What the record calls the page."""
        return f"{_PRINT if self.to_print else ''}{self.part or 'summary'}"

    @classmethod
    def named(cls, name: str, page: Facts | None = None) -> "Asked":
        """Return the page that the record calls so, where in it as its kept facts say."""
        part = name.removeprefix(_PRINT)
        where = page or Facts()
        return cls(
            "" if part == "summary" else part,
            name.startswith(_PRINT),
            str(where.get("number", 1)),
            bool(where.get("show_all")),
        )


@dataclass(frozen=True)
class Sheet:
    """One page: its facts, and the pages of a long list, which lead on."""

    facts: Facts
    pages: "Page[EvidenceVersion] | None" = None

    @property
    def template(self) -> str:
        """What draws it."""
        return TEMPLATES[self.facts["kind"]]


def sheet_of(source: Source, asked: Asked, **around: Any) -> Sheet | None:
    """Return a page, or ``None`` when there is no such part.

    ``around`` are facts that stand on every page: ``provider`` and ``inspector``.
    """
    around["part"] = asked.part
    if asked.to_print:
        chapters, is_cut = for_printing(source, asked.part)
        if asked.part and not chapters:
            return None
        found = [chapter_facts(chapter) for chapter in chapters]
        return Sheet(Facts(around, kind="print", chapters=found, is_cut=is_cut))
    if ":" in asked.part:
        return _requirement(source, asked, around)
    if asked.part:
        chapter = section(source, asked.part)
        if chapter is None:
            return None
        facts = chapter_facts(chapter)
        name = facts["parts"][0]["section"]
        return Sheet(Facts(around, kind="section", chapters=[facts], section_name=name))
    found = [chapter_facts(chapter) for chapter in overview(source)]
    return Sheet(Facts(around, kind="summary", chapters=found))


def _requirement(source: Source, asked: Asked, around: dict[str, Any]) -> Sheet | None:
    row = requirement(source, asked.part)
    if row is None:
        return None
    pages = page_of(row, source, asked.number, show_all=asked.show_all)
    claims, more_claims = claims_of(row, source, show_all=asked.show_all)
    facts = Facts(
        around,
        kind="requirement",
        requirement=Facts(
            edition=str(row.edition), title=row.title, question_plain=row.question_plain
        ),
        label=label_of(row),
        found=pages.paginator.count,
        number=pages.number,
        number_of_pages=pages.paginator.num_pages,
        versions=[version_facts(version) for version in pages],
        claims=[claim_facts(said) for said in claims] if pages.number == 1 else [],
        has_more=more_claims or pages.has_other_pages(),
        show_all=asked.show_all,
    )
    return Sheet(facts, pages)
