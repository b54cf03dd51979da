"""What must be true of decisions at all times."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from evidence_review.evidence.models import Evidence, EvidenceLink
from evidence_review.review.models import Decision, StandIn
from portal.record.replay import compared, told
from portal.record.verbs import Verb

Hands = dict[tuple[int, int], list[datetime]]
"""By evidence and person: when the person changed something, oldest first."""


def deciders_had_no_hand_in_it() -> Iterator[str]:
    """I2: nobody decided on what they uploaded, edited, or had already decided on."""
    hands = _hands()
    approved_before: dict[int, datetime] = {}
    seen: set[tuple[int, int]] = set()
    decisions = Decision.objects.select_related("version").order_by("decided_at", "pk")
    for decision in decisions.iterator():
        version = decision.version
        since = approved_before.get(version.evidence_id)
        for person in _deciders(decision):
            about = f"decision {decision.pk} on {version.sha256[:12]}"
            if person == version.uploaded_by_id:
                yield f"{about} was made by the uploader"
            if (version.pk, person) in seen:
                yield f"{about} was made by an earlier decider"
            if _edited(hands, version.evidence_id, decision.decider_id, since, decision.decided_at):
                yield f"{about} was made by an editor"
            seen.add((version.pk, person))
        if decision.is_final and decision.outcome == Decision.Outcome.APPROVE:
            approved_before[version.evidence_id] = decision.decided_at


def _deciders(decision: Decision) -> set[int]:
    """Return whose right was used: the decider's, and that of whoever was stood in for."""
    absent = decision.on_behalf_of_id
    return {decision.decider_id} if absent is None else {decision.decider_id, absent}


def _edited(
    hands: Hands, evidence: int, person: int, since: datetime | None, until: datetime
) -> bool:
    times = hands.get((evidence, person), [])
    first = bisect_right(times, since) if since else 0
    return first < bisect_left(times, until)


def _hands() -> Hands:
    hands: Hands = defaultdict(list)
    for history, evidence in (
        (Evidence.history.model, "id"),
        (EvidenceLink.history.model, "evidence_id"),
    ):
        rows = history.objects.filter(history_user__isnull=False)
        for key, person, when in rows.values_list(
            evidence, "history_user_id", "history_date"
        ).iterator():
            hands[key, person].append(when)
    for times in hands.values():
        times.sort()
    return hands


_OUTCOMES = {
    Verb.VERSION_APPROVED: (Decision.Outcome.APPROVE, True),
    Verb.VERSION_STEP_APPROVED: (Decision.Outcome.APPROVE, False),
    Verb.VERSION_RETURNED: (Decision.Outcome.RETURN, True),
    Verb.VERSION_REFUSED: (Decision.Outcome.REFUSE, True),
}


def decisions_are_as_recorded() -> Iterator[str]:
    """I5: every decision is on record: on which bytes, by whom, with which outcome."""
    on_record: Counter[Any] = Counter()
    for one in told(_OUTCOMES):
        outcome, is_final = _OUTCOMES[Verb(one.verb)]
        on_record[one.ref, one.version, one.sha256, outcome.value, is_final, one.actor_ref] += 1
    kept: Counter[Any] = Counter()
    rows = Decision.objects.order_by("pk").values_list(
        "version__evidence__public_id",
        "version__number",
        "sha256",
        "outcome",
        "is_final",
        "decider__public_id",
    )
    for ref, number, sha256, said, is_final, decider in rows.iterator():
        kept[ref, number, sha256, said, is_final, f"person:{decider}"] += 1
    yield from compared(on_record, kept, _decision_words)


def _decision_words(key: tuple[Any, ...]) -> str:
    ref, number, sha256, outcome, is_final, who = key
    kind = "decision" if is_final else "step"
    return f"the {kind} “{outcome}” of {who} on evidence {ref}, version {number} ({sha256[:12]})"


def stand_ins_are_as_recorded() -> Iterator[str]:
    """I5: everybody stands in for whom the record says, and arrangements ended as it says."""
    named: set[str] = set()
    ended: set[str] = set()
    for one in told((Verb.STAND_IN_NAMED, Verb.STAND_IN_ENDED)):
        (named if one.verb == Verb.STAND_IN_NAMED else ended).add(one.ref)
    for key, ended_at in StandIn.objects.order_by("pk").values_list("pk", "ended_at").iterator():
        ref = str(key)
        if ref not in named:
            yield f"stand-in {ref} is in the tables, and no event says so"
        elif (ref in ended) != (ended_at is not None):
            yield f"stand-in {ref} ended otherwise than the record says"
        named.discard(ref)
    for ref in sorted(named):
        yield f"stand-in {ref} is on record, and not in the tables"
