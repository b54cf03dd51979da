"""What an inspector did, in words for those who gave the access."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.record.models import Event
from portal.record.verbs import Verb

_PRINT = "print:"


@dataclass(frozen=True)
class Line:
    """One line: when, what, by whom, and which page or file."""

    seq: int
    at: datetime
    what: str
    who: str
    which: str


def lines(events: Iterable[Event]) -> list[Line]:
    """Return events about an access, in the order given, as lines."""
    return [
        Line(event.seq, event.at, event.verb_label, event.actor_label, _which(event))
        for event in events
    ]


def _which(event: Event) -> str:
    if event.verb == Verb.INSPECTOR_ACCESS_VERSION_DOWNLOADED:
        title = event.detail_data.get("title") or event.object_ref
        return f"{title}, version {event.object_version}"
    if event.verb == Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED:
        part = str(event.facts.get("part", ""))
        return (
            f"{_page(part.removeprefix(_PRINT))}{', to print' if part.startswith(_PRINT) else ''}"
        )
    return ""


def _page(part: str) -> str:
    return "First page" if part == "summary" else part
