"""The words by which documents are filtered: who may see them, and what they are.

They stand in a column of their own of the full text, so that what a person may see and what they
filter by are part of the one question that is put to the index, and cost next to nothing.

Nobody can write such a word into a text: each begins with a sign that no tokenizer takes for part
of a word, SQLite looks for them in their own column only, and a question holds letters and digits
alone (``search.words``). Each ends in a digit, which no stemmer changes.
"""

import zlib
from collections.abc import Iterable
from typing import NamedTuple

from portal.people.models import User
from portal.people.queries import memberships_of, roles_anywhere, site_ids_for
from portal.people.roles import EVIDENCE_READERS, Role
from portal.policies.audience import ANY_ROLE, MANAGERS, SEES_EVERYTHING
from search.models import Kind

SIGN = "§"
_ROLES = {ANY_ROLE: 0} | {role.value: number for number, role in enumerate(Role, start=1)}
_KINDS = {Kind.POLICY: 1, Kind.EVIDENCE: 2}
_ALL_EVIDENCE, _ALL_POLICIES, _WHOLE = f"{SIGN}ea0", f"{SIGN}pa0", 0


class AudienceRow(NamedTuple):
    """One row of a policy's audience: a role (empty: any) at a site (``None``: every)."""

    role: str
    site_id: int | None


def evidence_access(site_id: int | None) -> list[str]:
    """Return the words of those who may see evidence of one site, or of the whole organisation."""
    return [_ALL_EVIDENCE, f"{SIGN}es{site_id or _WHOLE}"]


def policy_access(rows: Iterable[AudienceRow]) -> list[str]:
    """Return the words of those who may read a policy that is for these people."""
    found = {_ALL_POLICIES}
    for role, site_id in rows:
        number, site = _ROLES[role], site_id or _WHOLE
        found |= {f"{SIGN}pr{number}", f"{SIGN}ps{site}", f"{SIGN}pr{number}s{site}"}
    return sorted(found)


def of_person(person: User) -> list[str]:
    """Return the words of which a document must have one for this person to see it."""
    return sorted(_evidence_of(person) | _policies_of(person))


def _evidence_of(person: User) -> set[str]:
    if not roles_anywhere(person) & EVIDENCE_READERS:
        return set()
    sites = site_ids_for(person, EVIDENCE_READERS)
    if sites is None:
        return {_ALL_EVIDENCE}
    return {f"{SIGN}es{site}" for site in {_WHOLE, *sites}}


def _policies_of(person: User) -> set[str]:
    """Follow ``portal.policies.audience.rows_for``; a test holds the two together."""
    held = memberships_of(person)
    if any(role in SEES_EVERYTHING or (role in MANAGERS and site is None) for role, site in held):
        return {_ALL_POLICIES}
    found = {f"{SIGN}pr0s0"}
    for role, site in held:
        roles = {0, _ROLES[role]}
        if site is None:
            found |= {f"{SIGN}pr{number}" for number in roles}
        elif role in MANAGERS:
            found |= {f"{SIGN}ps{place}" for place in (_WHOLE, site)}
        else:
            found |= {f"{SIGN}pr{number}s{place}" for number in roles for place in (_WHOLE, site)}
    return found


def of_kind(kind: Kind) -> str:
    """Return the word of all policies, or of all evidence."""
    return f"{SIGN}k{_KINDS[kind]}"


def of_category(kind: Kind, category: str) -> str:
    """Return the word of a topic of policies or a type of evidence."""
    return f"{SIGN}c{zlib.crc32(f'{kind}:{category}'.encode())}"


def of_site(site_id: int | None) -> str:
    """Return the word of what belongs to one site; ``None`` for what holds at every site."""
    return f"{SIGN}a{site_id or _WHOLE}"


def of_requirement(requirement_id: int) -> str:
    """Return the word of what supports a requirement."""
    return f"{SIGN}q{requirement_id}"
