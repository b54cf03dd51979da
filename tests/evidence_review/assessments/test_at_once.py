"""Evidence of one assessment approved by two people at once: the tally counts both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.tally import Tally
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.actions.approve import approve
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.readiness.making import edition
from tests.evidence_review.scanning import doubles
from tests.factories import AssessmentFactory, PersonFactory, VersionFactory, answered

pytestmark = pytest.mark.django_db(transaction=True)


def approve_at_once(*attempts: tuple[EvidenceVersion, User]) -> None:
    """Approve versions in threads that start together."""
    together = Barrier(len(attempts))

    def attempt(version: EvidenceVersion, actor: User) -> None:
        try:
            together.wait(timeout=10)
            approve(version.public_id, actor=actor, sha256_seen=version.sha256)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        for done in [pool.submit(attempt, *each) for each in attempts]:
            done.result()


@pytest.mark.parametrize("together", ["two answers", "one answer"])
def test_two_approvals_at_once_leave_the_right_tally(together: str, settings: Settings) -> None:
    settings.SCANNER = doubles.CLEAN
    edition()
    with transaction.atomic():
        assessment = AssessmentFactory()
    first, second = (VersionFactory(evidence__site=assessment.site) for _ in range(2))
    one, other = assessment.responses.order_by("requirement__ref")[:2]
    both = [first.evidence, second.evidence]
    rests_on = [both, []] if together == "one answer" else [both[:1], both[1:]]
    with transaction.atomic():
        for response, evidence in zip((one, other), rests_on, strict=True):
            answered(response, evidence=evidence)

    approve_at_once(
        (first, PersonFactory(role=Role.IG_LEAD)), (second, PersonFactory(role=Role.IG_LEAD))
    )

    assessment.refresh_from_db()
    total = Tally.from_json(assessment.tally).total
    assert (total.complete, total.in_progress) == (2, 0)
    assert not list(standing_follows_from_the_evidence())
