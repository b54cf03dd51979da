"""Many writers at once, each with a connection of its own, on a database that commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from portal.record.models import Event, LogHead
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.record.verification import problems
from tests.portal.record.conftest import TOM

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6
EACH = 8


class Changed(Exception):
    """The change of this transaction failed."""


def together(work: Callable[[int], int]) -> int:
    """Run ``work`` once for each writer, all at the same time; return the sum of what they say."""

    def run(number: int) -> int:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(run, range(WRITERS)))


def write(number: int, step: int) -> None:
    """Write two events in one transaction, as an action with two effects does."""
    with transaction.atomic():
        for verb in (Verb.EVIDENCE_CHANGED, Verb.EVIDENCE_LINKED):
            record(verb, ObjectRef("evidence", f"{number}-{step}"), actor=TOM)
        if (number + step) % 4 == 0:
            raise Changed


def write_many(number: int) -> int:
    """Write in several transactions, of which every fourth fails; return how many were kept."""
    kept = 0
    for step in range(EACH):
        try:
            write(number, step)
        except Changed:
            continue
        kept += 2
    return kept


def test_writers_at_the_same_time_leave_one_whole_record() -> None:
    kept = together(write_many)
    assert 0 < kept < WRITERS * EACH * 2
    assert LogHead.objects.get().size == Event.objects.count() == kept
    assert list(problems()) == []


def test_events_of_one_transaction_stand_together() -> None:
    together(write_many)
    refs = list(Event.objects.order_by("seq").values_list("object_ref", flat=True))
    assert refs[::2] == refs[1::2]
