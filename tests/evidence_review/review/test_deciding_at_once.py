"""Two people deciding at the same moment: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import TransitionRefused, VersionState
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.refuse import refuse
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.conflicts import AlreadyDecided
from evidence_review.review.models import Decision
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import EvidenceFactory, PersonFactory, RouteFactory, VersionFactory

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[..., Decision]
Attempt = tuple[Act, EvidenceVersion, User]


def at_once(*attempts: Attempt) -> list[Any]:
    """Take decisions in threads that start together; return each decision or what was raised."""
    together = Barrier(len(attempts))

    def attempt(act: Act, version: EvidenceVersion, actor: User) -> Any:
        try:
            together.wait(timeout=10)
            return act(
                version.public_id, actor=actor, sha256_seen=version.sha256, reason="Because."
            )
        except (TransitionRefused, AlreadyDecided) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return [future.result() for future in [pool.submit(attempt, *each) for each in attempts]]


@pytest.mark.parametrize("second", [approve, return_version, refuse])
def test_of_two_people_deciding_at_once_one_wins(second: Act) -> None:
    version = VersionFactory()
    grace, tom = PersonFactory(role=Role.IG_LEAD), PersonFactory(role=Role.IG_LEAD)
    results = at_once((approve, version, grace), (second, version, tom))
    won = [result for result in results if isinstance(result, Decision)]
    lost = [result for result in results if isinstance(result, TransitionRefused)]
    assert (len(won), len(lost)) == (1, 1)
    assert Decision.objects.get() == won[0]
    assert Event.objects.count() == 1
    version.refresh_from_db()
    assert version.decisions.get().outcome == won[0].outcome


def test_one_person_sending_it_twice_at_once_decides_once() -> None:
    version, grace = VersionFactory(), PersonFactory(role=Role.IG_LEAD)
    results = at_once((approve, version, grace), (approve, version, grace))
    assert sorted(type(result).__name__ for result in results) == ["AlreadyDecided", "Decision"]
    assert Event.objects.count() == 1


def test_two_approvals_of_a_quorum_at_once_both_count() -> None:
    RouteFactory(steps=[(Role.IG_LEAD, 2)])
    version = VersionFactory()
    grace, tom = PersonFactory(role=Role.IG_LEAD), PersonFactory(role=Role.IG_LEAD)
    results = at_once((approve, version, grace), (approve, version, tom))
    assert sorted(result.is_final for result in results) == [False, True]
    version.refresh_from_db()
    assert version.state == VersionState.APPROVED


def test_two_versions_of_one_evidence_approved_at_once_leave_one_approved() -> None:
    evidence = EvidenceFactory()
    older, newer = VersionFactory(evidence=evidence), VersionFactory(evidence=evidence)
    grace, tom = PersonFactory(role=Role.IG_LEAD), PersonFactory(role=Role.IG_LEAD)
    at_once((approve, older, grace), (approve, newer, tom))
    states = dict(evidence.versions.values_list("number", "state"))
    assert states == {1: "superseded", 2: "approved"}
