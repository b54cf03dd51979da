"""Who has confirmed a policy and who has not; and one person with everything asked of them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.policies.models import PolicyPage
from portal.reading.models import How, Nudge
from portal.reading.proofs import MissingSheet, missing_sheets
from portal.reading.queries import follow_up as ask
from portal.reading.share import Share
from portal.reading.standing import last_day
from portal.reading.views.follow_up.asked_for import Asked, asked_for
from portal.reading.views.follow_up.sheets import Columns, sheet_asked_for

PAGE = 50
_CHUNK = 2000
NOT_YET, CONFIRMED, NO_ADDRESS, ALL = "not_yet", "confirmed", "no_address", "all"
_STATES = (
    (NOT_YET, "Have not confirmed"),
    (NO_ADDRESS, "Have not confirmed, no e-mail"),
    (CONFIRMED, "Confirmed"),
    (ALL, "Everybody"),
)


class Line:
    """One person and one policy: confirmed or not, how, and until when.

    ``missing`` is set where the sheet that shows it is gone, ``nudge`` is the newest reminder.
    """

    missing: MissingSheet | None = None
    nudge: Nudge | None = None

    def __init__(self, person: Any, page: Any, counted: Any) -> None:
        self.person, self.page = person, page
        self.at, self.number = counted.confirmed_at, counted.confirmed_number
        self.how = How(counted.confirmed_how).label if self.at else ""
        self.sheet_ref: str = counted.sheet_ref or ""
        self.due = last_day(page.in_force.version, page.confirm_days, counted.asked_since)

    @property
    def kind(self) -> str:
        """How the state is coloured."""
        return "done" if self.at else "stop" if self._is_late else "wait"

    @property
    def icon(self) -> str:
        """The icon of the state."""
        return {"done": "tick", "stop": "warning", "wait": "clock"}[self.kind]

    @property
    def label(self) -> str:
        """The state in a word or two."""
        return "Confirmed" if self.at else "Overdue" if self._is_late else "Not yet"

    @property
    def _is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


def _local(line: Line) -> object:
    return timezone.localtime(line.at).replace(tzinfo=None) if line.at else ""


_STATE: Columns = {
    "state": ("State", lambda line: line.label),
    "due": ("Confirm by", lambda line: line.due),
    "at": ("Confirmed (UK time)", _local),
    "version": ("Version read", lambda line: line.number or ""),
    "how": ("How", lambda line: line.how),
}
_OF_READERS: Columns = {
    "last_name": ("Last name", lambda line: line.person.last_name),
    "first_name": ("First name", lambda line: line.person.first_name),
    "job_title": ("Job title", lambda line: line.person.job_title),
    "email": ("E-mail address", lambda line: line.person.email or ""),
    **_STATE,
}
_OF_PERSON: Columns = {"policy": ("Policy", lambda line: line.page.title), **_STATE}


@require_GET
@login_required
def readers(request: PersonRequest, slug: str) -> HttpResponseBase:
    """Show who has confirmed and who has not, or give the list as a spreadsheet."""
    asked = asked_for(request)
    page = asked.policy(slug)
    state = request.GET.get("state", "")
    state = state if state in dict(_STATES) else NOT_YET
    everybody = ask.readers_of(page, asked.reach, asked.role)
    found = _in_state(ask.those_named(everybody, asked.words), page, state)
    whole = ask.with_standing(found, page, asked.reach, asked.role)
    rows = (Line(one, page, one) for one in whole.iterator(chunk_size=_CHUNK))
    if file := sheet_asked_for(request, f"{slug[:60]}-confirmed", _OF_READERS, rows):
        return file
    shown = Paginator(found.only("pk"), PAGE).get_page(request.GET.get("page"))
    # Only now: a database may work out what it is asked about everybody before it sorts them.
    here = whole.filter(pk__in=[one.pk for one in shown.object_list])
    lines = [Line(one, page, one) for one in here]
    _add_missing_sheets(lines)
    nudges = ask.last_nudges(page, [line.person for line in lines if not line.at])
    for line in lines:
        line.nudge = nudges.get(line.person.pk)
    context = {
        "asked": asked,
        "policy": page,
        "share": _share(asked, page),
        "state": state,
        "states": _STATES,
        "page": shown,
        "lines": lines,
    }
    return render(request, "reading/follow_up/readers.html", context)


@require_GET
@login_required
def person(request: PersonRequest, public_id: str) -> HttpResponseBase:
    """Show everything that is asked of one person, or give it as a spreadsheet."""
    asked = asked_for(request)
    reader = asked.reader(public_id)
    lines = [Line(reader, page, page) for page in ask.policies_of(reader)]
    if file := sheet_asked_for(request, "policies-of-one-person", _OF_PERSON, lines):
        return file
    _add_missing_sheets(lines)
    context = {
        "asked": asked,
        "reader": reader,
        "lines": lines,
        "share": Share(len(lines), sum(bool(line.at) for line in lines)),
    }
    return render(request, "reading/follow_up/person.html", context)


def _add_missing_sheets(lines: list[Line]) -> None:
    missing = missing_sheets({line.sheet_ref for line in lines})
    for line in lines:
        line.missing = missing.get(line.sheet_ref)


def _in_state(people: QuerySet[User], page: PolicyPage, state: str) -> QuerySet[User]:
    if state == ALL:
        return people
    if state == NO_ADDRESS:
        people = people.filter(email__isnull=True)
    return ask.with_confirmation(people, page, has=state == CONFIRMED)


def _share(asked: Asked, page: PolicyPage) -> Share:
    """Return how many confirmed of what is shown: as it is kept; counted where sums count twice."""
    due = page.in_force.version.confirm_by
    if asked.counts_some_twice:
        everybody = ask.readers_of(page, asked.reach, asked.role)
        confirmed = ask.with_confirmation(everybody, page, has=True)
        return Share(everybody.count(), confirmed.count(), due)
    counted = ask.policies_followed(asked.reach, asked.role).filter(pk=page.pk).first()
    return Share(counted.asked, counted.confirmed, due) if counted else Share(0, 0, due)
