"""What the record is told about new people, roles and sites, whether they come singly or many."""

from collections.abc import Mapping
from typing import Any

from portal.people.models import Membership, User
from portal.record.actors import Actor
from portal.record.objects import ObjectRef
from portal.record.record import Entry
from portal.record.verbs import Verb


def person_created(person: User, by: Actor) -> Entry:
    """Return the entry for a new person."""
    return Entry(
        verb=Verb.PERSON_CREATED,
        obj=person.record_ref,
        actor=by,
        after="active",
        detail={"person": person.actor_label, "email": person.email or ""},
    )


def membership_granted(membership: Membership, by: Actor) -> Entry:
    """Return the entry for a role that was given."""
    person, site, ends = membership.person, membership.site, membership.ends
    return Entry(
        verb=Verb.MEMBERSHIP_GRANTED,
        obj=person.record_ref,
        actor=by,
        after=membership.role,
        facts={
            "site": site.public_id if site else "every",
            "starts": membership.starts.isoformat(),
            "ends": ends.isoformat() if ends else "",
        },
        detail={"person": str(person), "role": str(membership)},
    )


def place_changed(verb: Verb, place: ObjectRef, by: Actor, changes: Mapping[str, Any]) -> Entry:
    """Return the entry for a new or corrected place; ``changes`` is field: [old, new]."""
    return Entry(
        verb=verb,
        obj=place,
        actor=by,
        facts={"fields": ",".join(sorted(changes))},
        detail={"changes": dict(changes)},
    )
