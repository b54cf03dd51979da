"""What must be true of decisions at all times."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from evidence_review.evidence.models import Evidence, EvidenceLink
from evidence_review.review.models import Decision

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
