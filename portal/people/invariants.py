"""What the record tells of people, roles and sites must be what the tables hold."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from portal.people.actions.place import SITE_FIELDS
from portal.people.models import Membership, Site, User
from portal.record.replay import Told, compared, told
from portal.record.verbs import Verb

_ACCOUNTS = {Verb.PERSON_CREATED: True, Verb.PERSON_DEACTIVATED: False} | {
    Verb.PERSON_REACTIVATED: True
}


def people_are_as_recorded() -> Iterator[str]:
    """I5: every person is on record, and their account is on or off as the record says."""
    active = {one.ref: _ACCOUNTS[Verb(one.verb)] for one in told(_ACCOUNTS)}
    addresses = _addresses()
    rows = User.objects.values_list("public_id", "is_active", "email", "erased_at")
    for ref, is_active, email, erased_at in rows.order_by("pk").iterator():
        if ref not in active:
            yield f"person {ref} is in the tables, and no event says so"
            continue
        if active.pop(ref) != is_active:
            yield f"the account of person {ref} was switched {'on' if is_active else 'off'} unseen"
        known = addresses.get(ref)
        if known is not None and not erased_at and known != (email or "").casefold():
            yield f"person {ref} has another e-mail address than the record says"
    for ref in sorted(active):
        yield f"person {ref} is on record, and not in the tables"


def _addresses() -> dict[str, str | None]:
    """Return each person's last recorded address; nothing for those whose words were erased."""
    known: dict[str, str | None] = {}
    for one in told((Verb.PERSON_CREATED, Verb.PERSON_CHANGED), with_detail=True):
        if one.detail is None:
            known[one.ref] = None
        elif one.verb == Verb.PERSON_CREATED:
            known[one.ref] = str(one.detail.get("email", "")).casefold()
        elif "email" in one.detail.get("changes", {}):
            known[one.ref] = str(one.detail["changes"]["email"][1]).casefold()
    return known


Role = tuple[str, str, str, str]
"""Person, role, site (``every`` for all) and first day."""


def roles_are_as_recorded() -> Iterator[str]:
    """I5: everybody holds the roles, where and until when, that the record says, and no other."""
    ends, vague = _roles_told()
    kept: Counter[Any] = Counter()
    for person, role, site, starts, until in _memberships():
        key = (person, role, site or "every", starts.isoformat())
        kept[key] += 1
        said = until.isoformat() if until else ""
        if (person, role) not in vague and ends.get(key, said) != said:
            yield f"{_role_words(key)} ends on {said or 'no day'}, the record says {ends[key]!r}"
    gone = {key for key, until in ends.items() if until and until < key[3]}
    in_doubt = {key for key in ends if key[:2] in vague and key not in kept}
    expected = Counter(key for key in ends if key not in gone | in_doubt)
    yield from compared(expected, kept, _role_words)


def _memberships() -> Iterator[tuple[Any, ...]]:
    rows = Membership.objects.order_by("pk").values_list(
        "person__public_id", "role", "site__public_id", "starts", "ends"
    )
    yield from rows.iterator()


def _roles_told() -> tuple[dict[Role, str], set[tuple[str, str]]]:
    """Return the last day of every role that was given, and whose end is known only roughly.

    The events of older releases say which role ended, but not where it was held.
    """
    ends: dict[Role, str] = {}
    vague: set[tuple[str, str]] = set()
    for one in told((Verb.MEMBERSHIP_GRANTED, Verb.MEMBERSHIP_ENDED)):
        facts = one.facts
        if one.verb == Verb.MEMBERSHIP_GRANTED:
            ends[one.ref, one.after, str(facts["site"]), str(facts["starts"])] = str(facts["ends"])
        elif "site" in facts:
            ends[one.ref, one.before, str(facts["site"]), str(facts["starts"])] = str(facts["ends"])
        else:
            vague.add((one.ref, one.before))
    return ends, vague


def _role_words(key: Role) -> str:
    person, role, site, starts = key
    return f"the role {role} of person {person} at site {site} from {starts}"


def sites_are_as_recorded() -> Iterator[str]:
    """I5: every site is on record, with the names and codes that it has."""
    values: dict[str, dict[str, Any]] = {}
    blank = {name: getattr(Site(), name) for name in SITE_FIELDS}
    for one in told((Verb.SITE_CREATED, Verb.SITE_CHANGED), with_detail=True):
        _follow(values.setdefault(one.ref, dict(blank)), one)
    for site in Site.objects.order_by("pk").iterator():
        known = values.pop(site.public_id, None)
        if known is None:
            yield f"site {site.public_id} is in the tables, and no event says so"
            continue
        for name, value in known.items():
            if value is not _ERASED and getattr(site, name) != value:
                yield f"the {name} of site {site.public_id} is another than the record says"
    for ref in sorted(values):
        yield f"site {ref} is on record, and not in the tables"


_ERASED = object()


def _follow(known: dict[str, Any], one: Told) -> None:
    """Note the new values; those whose words were erased are known no more."""
    for name in filter(None, str(one.facts["fields"]).split(",")):
        known[name] = one.detail["changes"][name][1] if one.detail else _ERASED
