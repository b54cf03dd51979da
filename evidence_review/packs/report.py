"""What the report says, as plain data: the page and the PDF are two faces of it.

Nothing in it depends on today: the same contents give the same report.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from evidence_review.inspection.past import ChapterThen, ClaimThen, EvidenceThen, PartThen
from evidence_review.packs.contents import Contents, scope_in_words
from portal.chrome.words import day, file_size, in_words, moment

Data = dict[str, Any]


def report_of(contents: Contents) -> Data:
    """Return the whole report.

    ``entries`` holds each evidence once, by its ref; parts and claims name refs, because one
    evidence may speak to many requirements.
    """
    found = contents.evidence
    count = in_words(len(found), "piece of evidence,pieces of evidence")
    return {
        "organisation": contents.scope["organisation"]["name"],
        "ods_code": contents.scope["organisation"]["ods_code"],
        "as_at": moment(contents.moment.at),
        "size": contents.moment.size,
        "with_files": contents.with_files,
        "count": count,
        "files_size": file_size(contents.files_size),
        "scope": [list(line) for line in scope_in_words(contents.scope)],
        "chapters": [chapter for one in contents.chapters if (chapter := _chapter(one))["parts"]],
        "entries": {one.ref: _entry(one, contents) for one in found},
    }


def _chapter(chapter: ChapterThen) -> Data:
    framework, edition = chapter.framework_name, chapter.edition_name
    return {
        "key": chapter.edition_code,
        "title": edition if framework in edition else f"{framework}, {edition}",
        "parts": [_part(part) for part in chapter.parts if part.claims or part.evidence],
    }


def _part(part: PartThen) -> Data:
    claimed = {ref for claim in part.claims for ref in claim.evidence}
    return {
        "key": part.code,
        "label": part.label,
        "section": part.section,
        "claims": [_claim(claim) for claim in part.claims],
        "evidence": [one.ref for one in part.evidence if one.ref not in claimed],
        "count": in_words(len(part.evidence), "piece of evidence,pieces of evidence"),
    }


def _claim(claim: ClaimThen) -> Data:
    made = f"Claim made on {day(claim.made_at)}"
    who = [claim.category, claim.owner, claim.site, made]
    return {
        "text": claim.text,
        "what_changed": claim.what_changed,
        "about": ". ".join(word for word in who if word),
        "evidence": list(claim.evidence),
    }


def _entry(one: EvidenceThen, contents: Contents) -> Data:
    path = contents.paths.get(one.ref, "")
    return {
        "ref": one.ref,
        "title": one.title,
        "claim": one.claim,
        "path": path,
        "href": quote(path),
        "facts": [[name, words] for name, words in _facts(one) if words],
        "sha256": one.sha256,
    }


def _facts(one: EvidenceThen) -> Iterator[tuple[str, str]]:
    size = f"{one.extension.upper()}, {file_size(one.size)}"
    yield "Version", f"{one.number}, uploaded on {day(one.uploaded_at)}, {size}"
    yield "Approved", f"{moment(one.approved_at)}, by {one.approved_by}"
    yield "Kind", one.kind
    yield "Site", one.site or "The whole organisation"
    yield "Owner", one.owner
    yield "About the time", _period(one)
    yield "To be reviewed by", day(one.review_date)


def _period(one: EvidenceThen) -> str:
    first, last = day(one.period_start), day(one.period_end)
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""
