"""The rows of the table of sites, as they stand in the page.

Put together here and not in a template: a template takes twenty times as long over three hundred
rows of eight cells. Cells depend on a few small numbers, so most are drawn once and used again.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, partial

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evidence_review.assessments.overview import Outlook, Readiness, Section
from evidence_review.assessments.views.readiness.drawings import bar
from evidence_review.evidence.states import Look
from portal.chrome.icons import icon
from portal.chrome.words import day, in_words

_ROW = (
    '<tr><th scope="row">{name}{note}</th><td>{today}</td><td>{then}</td>{sections}'
    '<td class="wk-num"><span class="wk-cell-label">To put right</span>{missing}</td>'
    '<td><span class="wk-cell-label">Next to lapse</span>'
    '<span class="wk-nowrap">{lapse}</span></td></tr>'
)


def drawn(rows: Iterable[Readiness], outlook: Outlook) -> SafeString:
    """Return the rows as HTML; every text that somebody wrote is escaped."""
    # Looking up an address is slow, and only one part of it differs.
    addresses = (
        reverse("readiness:assessment", args=["ID"]),
        reverse("assessments:confirm", args=["ID", "SITE"]),
    )
    then = f"On {day(outlook.day)}"
    parts = [
        _ROW.format(
            name=_name(row, addresses),
            note=_note(row),
            today=_pill("Today", row.look),
            then=_pill(then, row.look_then),
            sections="".join(map(_cell, row.sections)),
            missing=row.missing or "None",
            lapse=_lapse(row),
        )
        for row in rows
    ]
    return mark_safe("\n".join(parts))  # noqa: S308 - names are escaped, the rest is ours


def _name(row: Readiness, addresses: tuple[str, str]) -> str:
    """Lead to the assessment's page, or to what the site says of head office's answers."""
    place, name = row.place, escape(row.place.name)
    if not place.assessment:
        return name
    own, covered = addresses
    address = covered.replace("SITE", place.covered) if place.covered else own
    return f'<a href="{address.replace("ID", place.assessment)}">{name}</a>'


def _note(row: Readiness) -> str:
    place = row.place
    if not place.covered:
        return ""
    said = ["Head office answers"]
    if place.to_confirm:
        said.append(f"{place.to_confirm} to confirm")
    if place.differing:
        said.append(f"{place.differing} different here")
    return f'<span class="wk-ready-note">{", ".join(said)}</span>'


@lru_cache(maxsize=256)
def _pill(label: str, look: Look) -> str:
    return (
        f'<span class="wk-cell-label">{escape(label)}</span>'
        f'<span class="wk-state wk-state--{look.kind}">{icon(look.icon)}{escape(look.label)}</span>'
    )


@lru_cache(maxsize=4096)
def _cell(section: Section) -> str:
    lapses = f"<br>{section.lapsing} will lapse" if section.lapsing else ""
    return (
        f'<td class="wk-num"><span class="wk-cell-label">{escape(section.name)}</span>'
        f"{section.complete} of {section.needed}{lapses}{bar(section)}</td>"
    )


def _lapse(row: Readiness) -> str:
    if row.next_lapse:
        return _said(row.next_lapse)
    return "Nothing lapses" if row.missing_today < row.outlook.needed else "Nothing complete yet"


@lru_cache(maxsize=1024)
def _said(when: date) -> str:
    return day(when)


def said_of(found: int, of: int) -> str:
    """Say how many sites are shown."""
    return in_words(found, "site,sites") if found == of else f"{found} of {of} sites"


def columns(outlook: Outlook) -> dict[str, Callable[[Readiness], object]]:
    """Return the columns of the spreadsheet: heading, and how a row fills it."""
    found: dict[str, Callable[[Readiness], object]] = {
        "Site": lambda row: row.place.name,
        "Answered by": _answered_by,
        "Level today": lambda row: str(row.look.label),
        f"Level on {outlook.day.isoformat()}": lambda row: str(row.look_then.label),
    }
    for at, name in enumerate(outlook.sections):
        found[f"{name}: needed"] = partial(_of_section, at, "needed")
        found[f"{name}: complete"] = partial(_of_section, at, "complete")
        found[f"{name}: will lapse"] = partial(_of_section, at, "lapsing")
    return found | {
        "To put right": lambda row: row.missing,
        "Next to lapse": lambda row: row.next_lapse or "",
        "Answers to confirm": lambda row: row.place.to_confirm,
        "Answers that differ": lambda row: row.place.differing,
    }


def _of_section(at: int, fact: str, row: Readiness) -> int:
    count: int = getattr(row.sections[at], fact)
    return count


def _answered_by(row: Readiness) -> str:
    if row.place.covered or row.place.site is None:
        return "Head office"
    return "The site" if row.place.assessment else "Nobody yet"
