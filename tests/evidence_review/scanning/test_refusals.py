"""A verdict stands as it was given, whoever asks the database."""

import pytest
from django.db import IntegrityError, connection, transaction

from evidence_review.scanning.models import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def infected() -> Verdict:
    """Return a verdict that somebody would rather not have."""
    return Verdict.objects.create(
        sha256="ab" * 32,
        verdict=Verdict.Value.INFECTED,
        engine="ClamAV 1.4.6",
        gate_version="1",
        cause=Verdict.Cause.FIRST,
    )


def run(statement: str) -> None:
    """Run one statement in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scanning_verdict SET verdict = 'clean'",
        "UPDATE scanning_verdict SET at = '2001-01-01 00:00:00+00:00'",
        "UPDATE scanning_verdict SET sha256 = 'cd'",
        "DELETE FROM scanning_verdict",
    ],
)
def test_a_verdict_cannot_be_changed_or_forgotten(infected: Verdict, statement: str) -> None:
    with pytest.raises(IntegrityError, match="refused: rows of scanning_verdict"):
        run(statement)
    assert Verdict.objects.get(pk=infected.pk).verdict == Verdict.Value.INFECTED


@pytest.mark.postgresql_only
def test_verdicts_cannot_be_emptied_at_one_stroke(infected: Verdict) -> None:
    with pytest.raises(IntegrityError, match="refused: rows of scanning_verdict"):
        run("TRUNCATE scanning_verdict CASCADE")
