"""A change of one evidence reaches the answers it supports, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.states import Standing
from evidence_review.review.actions.withdraw import withdraw
from portal.people.roles import Role
from tests.evidence_review.assessments.readiness.making import edition, site_with
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def withdraw_evidence_of(assessment: Assessment) -> int:
    """Withdraw what the first answer rests on; return how many statements that took."""
    response = assessment.responses.order_by("requirement__ref")[0]
    version = response.evidence.get().versions.get()
    with CaptureQueriesContext(connection) as asked:
        withdraw(version.public_id, actor=PersonFactory(role=Role.IG_LEAD), reason="Out of date.")
    return len(asked)


def test_one_withdrawal_touches_one_answer_and_one_tally_however_many_sites() -> None:
    edition()
    few = withdraw_evidence_of(site_with(["9.1", "9.2"], lapses_in=10))
    everybody = [site_with(["9.1", "9.2"], lapses_in=10) for _ in range(4)]
    before = {one.pk: one.tally for one in everybody}

    many = withdraw_evidence_of(everybody[0])

    assert many == few
    changed = [
        one.pk for one in Assessment.objects.all() if before.get(one.pk, one.tally) != one.tally
    ]
    assert changed == [everybody[0].pk]
    begun = Response.objects.filter(assessment=everybody[0], standing=Standing.IN_PROGRESS)
    assert [one.requirement.ref for one in begun] == ["9.1"]
    others = Response.objects.filter(assessment__in=everybody[1:], standing=Standing.COMPLETE)
    assert others.count() == 6
