"""What stood approved or claimed at a moment, whoever asks: gathered once, for all evidence."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.past import (
    KIND,
    Approval,
    VersionKey,
    approvals_then,
    codes_then,
    evidence_then,
)
from evidence_review.review.models import Decision
from evidence_review.scanning.models import Verdict
from portal.frameworks.models import EvidenceCategory
from portal.people.past import people_then, sites_then
from portal.record.models import Event
from portal.record.moments import Moment
from portal.record.past_rows import as_model, rows_then
from portal.record.verbs import Verb

LIFE = (
    Verb.VERSION_UPLOADED,
    Verb.VERSION_GATE_REFUSED,
    Verb.VERSION_INFECTED,
    Verb.VERSION_UNSCANNABLE,
    Verb.VERSION_CHECK_FAILED,
    Verb.VERSION_CHECK_RETRIED,
    Verb.VERSION_SUBMITTED,
    Verb.VERSION_STEP_APPROVED,
    Verb.VERSION_APPROVED,
    Verb.VERSION_RETURNED,
    Verb.VERSION_REFUSED,
    Verb.VERSION_SUPERSEDED,
    Verb.VERSION_WITHDRAWN,
    Verb.VERSION_RECALLED,
    Verb.VERSION_RESCANNED,
    Verb.VERSION_DISPOSED,
)
"""The verbs of a version's own life; who opened or took it away is none of it."""
_CLAIMS = (Verb.CLAIM_MADE, Verb.CLAIM_CHANGED, Verb.CLAIM_WITHDRAWN)


@dataclass(frozen=True)
class Good:
    """One version that was approved and whose bytes counted as clean.

    ``tied`` are the codes of the requirements the evidence was tied to, all of them or those of a
    scope; ``shown_for`` adds those of the claims it is under.
    """

    evidence: Evidence
    version: EvidenceVersion
    approval: Approval
    tied: tuple[str, ...]
    shown_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claimed:
    """One claim that was made and not withdrawn: of which statement, with which evidence."""

    claim: StatementClaim
    statement: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class _Said:
    statement: str = ""
    evidence: tuple[str, ...] = ()


def good_then(moment: Moment) -> dict[str, Good]:
    """Return what was approved and clean, by the evidence's public id. Twelve queries."""
    approvals = approvals_then(moment)
    described = evidence_then(moment)
    codes = codes_then(moment)
    refs = {one.pk: one.public_id for one in described.values()}
    good: dict[str, Good] = {}
    bad = _not_clean(moment)
    for version in _once_approved():
        ref = refs.get(version.evidence_id, "")
        approval = approvals.get((ref, version.number))
        if approval and version.sha256 not in bad:
            version.evidence = described[ref]
            good[ref] = Good(described[ref], version, approval, codes.get(ref, ()))
    return good


def _once_approved() -> Iterable[EvidenceVersion]:
    """Return every version somebody ever approved for good; the events say which stood when."""
    final = Decision.objects.filter(is_final=True, outcome=Decision.Outcome.APPROVE)
    return EvidenceVersion.objects.filter(pk__in=final.order_by().values("version")).order_by()


def _not_clean(moment: Moment) -> set[str]:
    """Return the SHA-256 of bytes whose newest word was not that they are clean. Two queries."""
    words = Verdict.objects.filter(at__lt=moment.history_before)
    words = words.exclude(verdict=Verdict.Value.ERROR).order_by("pk")
    found = words.exclude(verdict=Verdict.Value.CLEAN).values("sha256")
    newest = dict(words.filter(sha256__in=found).values_list("sha256", "verdict"))
    return {sha256 for sha256, verdict in newest.items() if verdict != Verdict.Value.CLEAN}


def claims_then(moment: Moment) -> list[Claimed]:
    """Return the claims that stood, newest first, with statements and evidence as sealed.

    The words come from the history of the claims. Six queries.
    """
    said = _said(moment)
    rows = rows_then(StatementClaim, moment)
    claims = [as_model(StatementClaim, row) for row in rows.values() if row.public_id in said]
    sites = sites_then(moment)
    people = people_then(moment, {one.owner_id for one in claims})
    categories = EvidenceCategory.objects.in_bulk()
    found = []
    for claim in sorted(claims, key=lambda one: one.pk, reverse=True):
        claim.site = sites.get(claim.site_id) if claim.site_id else None
        claim.owner = people[claim.owner_id]
        claim.category = categories.get(claim.category_id) if claim.category_id else None
        of = said[claim.public_id]
        found.append(Claimed(claim, of.statement, of.evidence))
    return found


def _said(moment: Moment) -> dict[str, _Said]:
    events = Event.objects.filter(
        verb__in=_CLAIMS, object_kind="claim", seq__lte=moment.size
    ).order_by("seq")
    said: dict[str, _Said] = {}
    for ref, verb, body in events.values_list("object_ref", "verb", "body"):
        if verb == Verb.CLAIM_WITHDRAWN:
            said.pop(ref, None)
            continue
        facts = json.loads(bytes(body))["facts"]
        held = said.get(ref, _Said())
        held = replace(held, evidence=tuple(filter(None, str(facts["evidence"]).split(","))))
        said[ref] = replace(held, statement=str(facts.get("statement", held.statement)))
    return said


def lives_then(moment: Moment, keys: Collection[VersionKey]) -> dict[VersionKey, tuple[int, ...]]:
    """Return the numbers of the events of these versions' lives, ascending. One query."""
    events = Event.objects.filter(
        verb__in=LIFE, object_kind=KIND, object_version__gt=0, seq__lte=moment.size
    ).order_by("seq")
    lives: dict[VersionKey, list[int]] = {key: [] for key in keys}
    for ref, number, seq in events.values_list("object_ref", "object_version", "seq"):
        if (ref, number) in lives:
            lives[ref, number].append(seq)
    return {key: tuple(found) for key, found in lives.items()}
