"""The history of an evidence in words a person reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.record.models import Event
from portal.record.verbs import Verb

_FIELD_WORDS = {
    "title": "Title",
    "type": "Kind",
    "site": "Site",
    "claim": "What it shows",
    "period_start": "Covers from",
    "period_end": "Covers until",
    "review_date": "Look at it again by",
}


@dataclass(frozen=True)
class Line:
    """One line: when, what, by whom, and what more there is to say."""

    seq: int
    at: datetime
    what: str
    who: str
    more: list[str]


def timeline(events: Iterable[Event]) -> list[Line]:
    """Return the events, in the order given, as lines. Erased details leave their line standing."""
    return [_line(event) for event in events]


def _line(event: Event) -> Line:
    detail = event.detail_data
    what = event.verb_label
    if event.object_version:
        numbered = f"Version {event.object_version}"
        is_version = what.startswith("Version ")
        what = what.replace("Version", numbered, 1) if is_version else f"{numbered}: {what}"
    return Line(event.seq, event.at, what, event.actor_label, _more(event, detail))


def _more(event: Event, detail: dict[str, Any]) -> list[str]:
    more = []
    for name, (old, new) in (detail.get("changes") or {}).items():
        more.append(
            f"{_FIELD_WORDS.get(name, name)}: “{old or 'nothing'}” became “{new or 'nothing'}”"
        )
    if event.verb == Verb.VERSION_UPLOADED and detail.get("file"):
        more.append(str(detail["file"]))
    if verdict := event.facts.get("verdict"):
        signatures = event.facts.get("signature_version") or "test signatures only"
        more.append(f"Virus check: {verdict}. Signatures: {signatures}.")
    more += [str(detail[key]) for key in ("note", "preparation", "reason") if detail.get(key)]
    if event.verb in (Verb.EVIDENCE_CREATED, Verb.EVIDENCE_LINKED, Verb.EVIDENCE_UNLINKED):
        codes = str(event.facts.get("requirements", ""))
        if codes:
            more.append("Requirements: " + codes.replace(",", ", "))
    return more
