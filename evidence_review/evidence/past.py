"""Evidence as it was at a moment: rebuilt from the record, append-only rows and history.

What is said here of a moment never changes, with two exceptions. The kinds of evidence have no
history, so a kind that was renamed is called by today's name. And where details were erased, they
are gone from the past as well.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from evidence_review.evidence.models import Evidence, EvidenceType
from evidence_review.evidence.states import VersionState
from portal.people.past import people_then, sites_then
from portal.record.models import Event
from portal.record.moments import Moment
from portal.record.past_rows import as_model, changes_of, rows_counted
from portal.record.verbs import Verb

KIND = "evidence"
ERASED = "details erased"
_DETAILS = (Verb.EVIDENCE_CREATED, Verb.EVIDENCE_CHANGED)
_LINKS = (Verb.EVIDENCE_CREATED, Verb.EVIDENCE_LINKED, Verb.EVIDENCE_UNLINKED)
_APPROVALS = (
    Verb.VERSION_APPROVED,
    Verb.VERSION_SUPERSEDED,
    Verb.VERSION_WITHDRAWN,
    Verb.VERSION_RECALLED,
    Verb.VERSION_DISPOSED,
)
"""Every verb that makes a version the approved one, or ends that."""

VersionKey = tuple[str, int]
"""The evidence's public id and the number of the version."""


@dataclass(frozen=True)
class Approval:
    """The event that approved a version, and whom it names; ``by`` is as it was written then."""

    seq: int
    at: datetime
    actor_ref: str
    by: str


@dataclass(frozen=True)
class StateThen:
    """Where a version stood, and since when."""

    state: VersionState
    since: datetime


@dataclass
class _Links:
    codes: dict[str, dict[str, None]] = field(default_factory=dict)

    def follow(self, ref: str, verb: str, body: bytes) -> None:
        said = str(json.loads(body)["facts"].get("requirements", ""))
        held = self.codes.setdefault(ref, {})
        for code in filter(None, said.split(",")):
            if verb == Verb.EVIDENCE_UNLINKED:
                held.pop(code, None)
            else:
                held[code] = None


def evidence_then(moment: Moment, only: Evidence | None = None) -> dict[str, Evidence]:
    """Return evidence by public id as it was described, with its site, owner and kind of then.

    Only what the record says was added by then. The objects are not to be saved. Six queries, and
    one more for each table in which something has no history.
    """
    ref, among = (only.public_id, [only.pk]) if only else ("", None)
    changes = changes_of(KIND, _DETAILS, moment, ref=ref)
    rows = rows_counted(Evidence, moment, changes, among=among)
    there = {thing for thing, count in changes.then.items() if count}
    found = [as_model(Evidence, row) for row in rows.values() if row.public_id in there]
    if absent := there - {one.public_id for one in found}:
        every = (
            Evidence.objects.order_by() if among is None else Evidence.objects.filter(pk__in=among)
        )
        found += [one for one in every if one.public_id in absent]
    _dress(found, moment)
    return {one.public_id: one for one in found}


def _dress(found: list[Evidence], moment: Moment) -> None:
    sites = sites_then(moment)
    people = people_then(moment, {one.owner_id for one in found})
    kinds = EvidenceType.objects.in_bulk()
    for one in found:
        one.site = sites.get(one.site_id) if one.site_id else None
        one.owner = people[one.owner_id]
        one.type = kinds[one.type_id]


def codes_then(moment: Moment, ref: str = "") -> dict[str, tuple[str, ...]]:
    """Return the codes of the requirements each evidence was tied to. One query.

    They come from the sealed events that tied and untied, not from the links of today.
    """
    found = _events(moment, ref).filter(verb__in=_LINKS).order_by("seq")
    links = _Links()
    for thing, verb, body in found.values_list("object_ref", "verb", "body"):
        links.follow(thing, verb, bytes(body))
    return {thing: tuple(codes) for thing, codes in links.codes.items()}


def approvals_then(moment: Moment, ref: str = "") -> dict[VersionKey, Approval]:
    """Return the versions that were the approved ones, each with its approval. One query.

    What happened to a version later, a virus found in it, say, changes nothing of that.
    """
    found = _events(moment, ref).filter(verb__in=_APPROVALS).order_by("seq")
    columns = ("object_ref", "object_version", "seq", "at", "actor_ref", "after", "detail__text")
    approved: dict[VersionKey, Approval] = {}
    for thing, number, seq, at, actor_ref, after, detail in found.values_list(*columns):
        approved.pop((thing, number), None)
        if after == VersionState.APPROVED:
            by = str(json.loads(detail).get("actor", "")) if detail else ""
            approved[thing, number] = Approval(seq, at, actor_ref, by or ERASED)
    return approved


def states_then(moment: Moment, ref: str) -> dict[int, StateThen]:
    """Return where each version of one evidence stood: what its last event left it in. One query.

    ``since`` is when it came into that state; a new virus check or another step of the review,
    which leave a version where it was, do not count.
    """
    states: dict[int, StateThen] = {}
    found = _events(moment, ref).filter(object_version__gt=0).exclude(after="").order_by("seq")
    for number, at, after in found.values_list("object_version", "at", "after"):
        if after in VersionState.values and (number not in states or states[number].state != after):
            states[number] = StateThen(VersionState(after), at)
    return states


def _events(moment: Moment, ref: str) -> QuerySet[Event]:
    found = Event.objects.filter(object_kind=KIND, seq__lte=moment.size)
    return found.filter(object_ref=ref) if ref else found
