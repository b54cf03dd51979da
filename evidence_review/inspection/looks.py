"""What an inspector did, in words for those who gave the access."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.chrome.words import moment
from portal.record.models import Event
from portal.record.verbs import Verb

_PRINT = "print:"


@dataclass(frozen=True)
class Line:
    """One line: when, what, by whom, which page or file, and whether the page was kept."""

    seq: int
    at: datetime
    what: str
    who: str
    which: str
    is_kept: bool = False


def lines(events: Iterable[Event]) -> list[Line]:
    """Return events about an access, in the order given, as lines."""
    return [
        Line(
            event.seq,
            event.at,
            event.verb_label,
            event.actor_label,
            _which(event),
            event.verb == Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED and bool(event.sha256),
        )
        for event in events
    ]


def past_of(event: Event) -> datetime | None:
    """Return the time as of which a page was shown; ``None``: as it stood at that moment."""
    said = str(event.facts.get("past", ""))
    return datetime.fromisoformat(said) if said else None


def _which(event: Event) -> str:
    if event.verb == Verb.INSPECTOR_ACCESS_VERSION_DOWNLOADED:
        title = event.detail_data.get("title") or "Details erased"
        return f"{title}, version {event.object_version}"
    if event.verb == Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED:
        part = str(event.facts.get("part", ""))
        to_print = ", to print" if part.startswith(_PRINT) else ""
        past = past_of(event)
        as_it_was = f", as it was on {moment(past)}" if past else ""
        return f"{_page(part.removeprefix(_PRINT))}{to_print}{as_it_was}"
    return ""


def _page(part: str) -> str:
    return "First page" if part == "summary" else part
