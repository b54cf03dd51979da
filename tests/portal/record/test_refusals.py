"""What the database refuses about the record, by raw SQL that knows nothing of the portal."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from portal.record.erasing import erase_details
from portal.record.models import ErasedDetail, Event, EventDetail, LogHead
from portal.record.record import record
from portal.record.verbs import Verb
from tests.portal.record.conftest import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("three_events")]
_BLANK = "UPDATE record_eventdetail SET text = '', salt = ''"
_COPY = """
    INSERT INTO record_event (
        seq, body, leaf_hash, at, verb, actor_ref, object_kind, object_ref, object_version,
        sha256, before, after
    )
    SELECT
        seq + %s, body, leaf_hash, at, verb, actor_ref, object_kind, object_ref, object_version,
        sha256, before, after
    FROM record_event WHERE seq = %s
"""


def run(statement: str, *values: int) -> None:
    """Run one statement in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def state() -> list[object]:
    """Return everything the record holds."""
    tables = (Event.objects.order_by("seq"), EventDetail.objects.order_by("pk"), LogHead.objects)
    return [
        [bytes(value) if isinstance(value, memoryview) else value for value in row]
        for table in tables
        for row in table.values_list()
    ]


@pytest.mark.parametrize("column", [field.column for field in Event._meta.concrete_fields])
def test_no_column_of_an_event_can_be_changed(column: str) -> None:
    before = state()
    refused = pytest.raises(IntegrityError, match="refused: rows of record_event never change")
    with refused, transaction.atomic():
        Event.objects.filter(seq=1).update(**{column: F(column)})
    assert state() == before


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM record_event", "rows of record_event are never deleted"),
        ("DELETE FROM record_event WHERE seq = 1", "rows of record_event are never deleted"),
        ("DELETE FROM record_loghead", "rows of record_loghead are never deleted"),
        ("UPDATE record_loghead SET size = size + 1", "the head of the record only moves"),
        ("UPDATE record_loghead SET size = size - 1", "the head of the record only moves"),
        ("UPDATE record_loghead SET size = size", "the head of the record only moves"),
        ("UPDATE record_loghead SET size = 0", "the head of the record only moves"),
        ("UPDATE record_loghead SET last_at = NULL", "the head of the record only moves"),
        ("UPDATE record_eventdetail SET text = '{}'", "the detail of an event may be erased"),
        ("UPDATE record_eventdetail SET text = ''", "the detail of an event may be erased"),
        ("UPDATE record_eventdetail SET event_id = 1", "the detail of an event may be erased"),
    ],
)
def test_a_careless_or_hostile_statement_is_refused(statement: str, reason: str) -> None:
    before = state()
    with pytest.raises(IntegrityError, match=f"refused: {reason}"):
        run(statement)
    assert state() == before


@pytest.mark.parametrize(("ahead", "of"), [(3, 2), (2, 3), (1000, 1), (0, 3), (-1, 1)])
def test_an_event_out_of_turn_is_refused(ahead: int, of: int) -> None:
    before = state()
    with pytest.raises(IntegrityError, match="refused: events are numbered without gaps"):
        run(_COPY, ahead, of)
    assert state() == before


@pytest.mark.postgresql_only
@pytest.mark.parametrize("table", ["record_event", "record_eventdetail", "record_loghead"])
def test_no_table_can_be_emptied_at_one_stroke(table: str) -> None:
    before = state()
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="refused: "):
        run(f"TRUNCATE {table} CASCADE")
    assert state() == before


@pytest.mark.sqlite_only
def test_replacing_a_row_is_refused_like_changing_it() -> None:
    before = state()
    with pytest.raises(IntegrityError, match="refused: events are numbered without gaps"):
        run(_COPY.replace("INSERT", "INSERT OR REPLACE"), 0, 2)
    assert state() == before


def test_the_next_number_alone_is_accepted_but_the_head_must_follow() -> None:
    run(_COPY, 1, 3)
    with pytest.raises(IntegrityError, match="refused: the head"):
        run("UPDATE record_loghead SET size = size + 2")
    run("UPDATE record_loghead SET size = size + 1")
    assert LogHead.objects.get().size == Event.objects.count()


def test_the_time_of_the_head_never_goes_back() -> None:
    run(_COPY, 1, 3)
    with pytest.raises(IntegrityError, match="refused: the head"):
        run("UPDATE record_loghead SET size = size + 1, last_at = '2001-01-01 00:00:00+00:00'")


def test_there_is_never_a_second_head() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LogHead.objects.create(id=2)


def test_a_detail_goes_with_an_erasure_that_says_so_alone(
    three_events: list[Event], priya: Somebody
) -> None:
    first, second, third = three_events
    erasure = erase_details([first.seq], first.object, actor=priya)
    assert not EventDetail.objects.filter(event=first).exists()
    ErasedDetail.objects.create(event=second, erasure=erasure)
    EventDetail.objects.filter(event=second).update(text="", salt=b"")
    for statement in ("DELETE FROM record_eventdetail", _BLANK):
        with pytest.raises(IntegrityError, match="refused: no detail is erased without"):
            run(f"{statement} WHERE event_id = %s", third.seq)
    assert EventDetail.objects.filter(event=third).exists()


def test_only_an_erasure_that_came_later_erases_a_detail(
    three_events: list[Event], priya: Somebody
) -> None:
    first, second, _ = three_events
    erasure = erase_details([], first.object, actor=priya)
    later = record(Verb.EVIDENCE_CHANGED, first.object, actor=priya)
    for event, by in ((first, second), (later, erasure), (erasure, erasure)):
        with pytest.raises(IntegrityError, match="refused: only an erasure"), transaction.atomic():
            ErasedDetail.objects.create(event=event, erasure=by)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM record_eraseddetail", "UPDATE record_eraseddetail SET event_id = event_id"],
)
def test_an_erasure_is_never_forgotten(
    three_events: list[Event], priya: Somebody, statement: str
) -> None:
    erase_details([three_events[0].seq], three_events[0].object, actor=priya)
    with pytest.raises(IntegrityError, match="refused: rows of record_eraseddetail"):
        run(statement)
