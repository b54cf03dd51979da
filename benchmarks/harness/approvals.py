"""What the record adds to an approval: the real action, with its event and without.

Every approval is a transaction of its own on a version of its own. ``without`` puts a function that
writes nothing in the place of ``record_all``; all else of the action stays. Whether the scanner can
be relied on is asked before the transaction begins; here it is answered at once, so that its time
hides nothing.

``python -m benchmarks.harness.approvals ROUNDS`` measures the database that ``DATABASE_URL`` names;
its last line is one JSON object.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from unittest import mock

import django

if __name__ == "__main__":
    django.setup()

from benchmarks.harness import people
from benchmarks.harness.bench import Figure, in_turns, ratio, spread
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.review.actions import approve as approving
from portal.people.answers import Allowed
from portal.people.models import User
from portal.people.queries import people_with_role
from portal.people.roles import Role
from portal.record import record as recording
from portal.record.models import Event
from portal.record.record import Entry

WARM_UP = 10
_WAITING_SHARE = 4
"""Of so many pieces of the crowd's evidence, one waits for review."""


def evidence_for(rounds: int) -> int:
    """Return how much evidence a portal has to be filled with for so many rounds."""
    return (2 * (rounds + WARM_UP) + 10) * _WAITING_SHARE


def approval_figures(rounds: int) -> dict[str, Figure]:
    """Approve in turns with and without the record; needs a portal filled with enough evidence."""
    waiting = _waiting()
    lead = people_with_role([Role.IG_LEAD])[0]
    with mock.patch.object(approving, "scanner_lets_approve", Allowed):
        results = in_turns(
            rounds,
            {
                "with": lambda: _seconds(next(waiting), lead),
                "without": lambda: _without(next(waiting), lead),
            },
            warm_up=WARM_UP,
        )
    return {
        "approval_with_record_ratio": ratio(results, "with", "without"),
        "approval_with_record_quartiles": spread(results, "with", "without"),
        "approval_ms": _median_ms(results["with"]),
        "approval_without_record_ms": _median_ms(results["without"]),
    }


def _waiting() -> Iterator[EvidenceVersion]:
    found = EvidenceVersion.objects.filter(state=VersionState.IN_REVIEW, evidence__claim__gt="")
    return iter(list(found.filter(evidence__title__startswith="Demo evidence").order_by("pk")))


def _without(version: EvidenceVersion, lead: User) -> float:
    with mock.patch.object(recording, "record_all", _nothing):
        return _seconds(version, lead)


def _nothing(entries: Sequence[Entry]) -> list[Event]:
    return [Event() for _ in entries]


def _seconds(version: EvidenceVersion, lead: User) -> float:
    started = time.perf_counter()
    approving.approve(version.public_id, actor=lead, sha256_seen=version.sha256)
    return time.perf_counter() - started


def _median_ms(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) // 2] * 1000


def main() -> None:
    """Fill the database and measure it."""
    rounds = int(sys.argv[1])
    people.fill(evidence_for(rounds))
    print(json.dumps(approval_figures(rounds)))


if __name__ == "__main__":
    main()
