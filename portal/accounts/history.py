"""What happened to a person, a site or the organisation, line by line, from the record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.accounts.actions.give_link import BY_HAND
from portal.chrome.words import day
from portal.people.models import Site
from portal.record.models import Event
from portal.record.objects import ObjectRef
from portal.record.queries import events_about
from portal.record.verbs import Verb

LINES_AT_MOST = 50
_FIELDS = {
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail address",
    "job_title": "Job title",
    "name": "Name",
    "ods_code": "ODS code",
    "cqc_location_id": "CQC location ID",
    "ico_number": "ICO registration number",
    "service_type": "Kind of care",
    "is_active": "State",
}
_VALUES: dict[str, dict[str, str]] = {
    "is_active": {"True": "open", "False": "closed"},
    "service_type": dict(Site.ServiceType.choices),
}


@dataclass(frozen=True)
class Line:
    """One event in words."""

    what: str
    details: list[str]
    who: str
    at: datetime
    seq: int


@dataclass(frozen=True)
class History:
    """The newest lines, and whether the record holds more."""

    lines: list[Line]
    has_more: bool


def history_of(thing: ObjectRef) -> History:
    """Return what happened to one thing, newest first."""
    found = list(events_about(thing.kind, thing.ref)[: LINES_AT_MOST + 1])
    return History([_line(event) for event in found[:LINES_AT_MOST]], len(found) > LINES_AT_MOST)


def last_link(history: History) -> Line | None:
    """Return when a link to choose a password was last made, if it was lately."""
    label = Verb.PERSON_LINK_MADE.label
    return next((line for line in history.lines if line.what == label), None)


def _line(event: Event) -> Line:
    details = list(_details(event))
    return Line(event.verb_label, details, event.actor_label, event.at, event.seq)


def _details(event: Event) -> Iterator[str]:
    detail = event.detail_data
    yield from _changes((detail.get("changes") or {}).items())
    if event.verb in (Verb.TOKEN_CREATED, Verb.TOKEN_REVOKED) and detail.get("name"):
        yield str(detail["name"])
    if detail.get("role"):
        yield str(detail["role"])
    if event.verb == Verb.MEMBERSHIP_GRANTED:
        yield _days(event.facts.get("starts", ""), event.facts.get("ends", ""))
    if event.verb == Verb.MEMBERSHIP_ENDED:
        yield f"Last day: {_day(event.facts.get('ends', ''))}"
    if event.verb == Verb.PERSON_LINK_MADE:
        by_hand = event.facts.get("way") == BY_HAND
        yield "To give by hand" if by_hand else f"By e-mail to {detail.get('email', 'them')}"


def _changes(changes: Iterable[tuple[str, list[object]]]) -> Iterator[str]:
    for field, (old, new) in changes:
        words = _VALUES.get(field, {})
        old_words, new_words = (words.get(str(value), str(value)) for value in (old, new))
        label = _FIELDS.get(field, field)
        if not old_words:
            yield f"{label}: {new_words}"
        elif old_words != new_words:
            yield f"{label}: {old_words} → {new_words or 'nothing'}"


def _days(starts: object, ends: object) -> str:
    return f"From {_day(starts)} until {_day(ends)}" if ends else f"From {_day(starts)}"


def _day(written: object) -> str:
    return day(date.fromisoformat(str(written))) if written else ""
