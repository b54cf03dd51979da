"""What was changed behind the portal's back is found."""

import json
from collections.abc import Iterator

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.record import verification
from portal.record.actors import Actor
from portal.record.canonical import canonical_bytes
from portal.record.erasing import erase_details
from portal.record.installation import remove_refusals
from portal.record.merkle import compact_range, leaf_hash
from portal.record.models import ErasedDetail, Event, EventDetail, LogHead
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.record.verification import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_record(three_events: list[Event]) -> list[Event]:
    """Return three events in a database whose refusals somebody took away."""
    remove_refusals()
    return three_events


def found() -> list[str]:
    """Return what is wrong, as ``number: sentence``."""
    return [f"{problem.seq}: {problem.sentence}" for problem in problems()]


def rewrite(event: Event, **changes: object) -> bytes:
    """Change an event's bytes, its columns and its own hash, as a careful forger would."""
    body = canonical_bytes({**event.data, **changes})  # type: ignore[dict-item]  # tests pass plain
    Event.objects.filter(pk=event.pk).update(body=body, leaf_hash=leaf_hash(body))
    return body


def test_an_untouched_record_has_no_problem(three_events: list[Event]) -> None:
    assert found() == []


def test_an_erased_detail_is_no_problem(three_events: list[Event], priya: Actor) -> None:
    first, second, _ = three_events
    erase_details([first.seq, second.seq], first.object, actor=priya)
    assert found() == []
    assert not EventDetail.objects.filter(event__in=[first, second]).exists()


def test_a_detail_that_was_taken_away_is_found(open_record: list[Event]) -> None:
    first, second, _ = open_record
    EventDetail.objects.filter(event=first).delete()
    EventDetail.objects.filter(event=second).update(text="", salt=b"")
    why = "its detail was taken away, and no erasure says so"
    assert found() == [f"{first.seq}: {why}", f"{second.seq}: {why}"]


def test_a_detail_put_on_the_list_of_an_erasure_by_hand_is_found(
    open_record: list[Event], priya: Actor
) -> None:
    first, second, _ = open_record
    erasure = erase_details([first.seq], first.object, actor=priya)
    EventDetail.objects.filter(event=second).delete()
    ErasedDetail.objects.create(event=second, erasure=erasure)
    assert found() == [
        f"{erasure.seq}: the details that are gone are not those that it erased",
    ]


def test_a_detail_that_came_back_after_its_erasure_is_found(
    open_record: list[Event], priya: Actor
) -> None:
    kept = open_record[0].detail
    erase_details([open_record[0].seq], open_record[0].object, actor=priya)
    EventDetail.objects.create(event=open_record[0], salt=kept.salt, text=kept.text)
    assert found() == [f"{open_record[0].seq}: its detail was erased, and is there again"]


def test_an_erasure_whose_list_was_taken_away_is_found(
    open_record: list[Event], priya: Actor
) -> None:
    erasure = erase_details([open_record[0].seq], open_record[0].object, actor=priya)
    ErasedDetail.objects.all().delete()
    assert found() == [
        f"{open_record[0].seq}: its detail was taken away, and no erasure says so",
        f"{erasure.seq}: the details that are gone are not those that it erased",
    ]


def test_an_event_that_is_no_erasure_erases_nothing(open_record: list[Event]) -> None:
    first, _, third = open_record
    EventDetail.objects.filter(event=first).delete()
    ErasedDetail.objects.create(event=first, erasure=third)
    assert found() == [
        f"{third.seq}: this is no erasure, but details are listed as erased by it",
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "version.refused"),
        ("actor_ref", "person:somebodyElse"),
        ("object_kind", "policy"),
        ("object_ref", "other"),
        ("object_version", 7),
        ("sha256", "cd" * 32),
        ("before", "returned"),
        ("after", "withdrawn"),
    ],
)
def test_an_edited_column_is_found(open_record: list[Event], column: str, value: object) -> None:
    Event.objects.filter(pk=open_record[1].pk).update(**{column: value})
    [problem] = found()
    assert problem.startswith(f"{open_record[1].seq}: the list shows something else than the bytes")


def test_edited_bytes_are_found(open_record: list[Event]) -> None:
    event = open_record[1]
    body = canonical_bytes({**event.data, "after": "approved"})
    Event.objects.filter(pk=event.pk).update(body=body, after="approved")
    assert found() == [
        f"{event.seq}: its bytes are not those that were hashed",
        "0: the head does not belong to these events",
    ]


def test_a_rewritten_event_with_its_own_hash_is_found_by_the_head(open_record: list[Event]) -> None:
    rewrite(open_record[1], after="approved")
    Event.objects.filter(pk=open_record[1].pk).update(after="approved")
    assert found() == ["0: the head does not belong to these events"]


def test_bytes_in_another_form_are_found(open_record: list[Event]) -> None:
    event = open_record[1]
    spaced = json.dumps(event.data, sort_keys=True).encode()
    Event.objects.filter(pk=event.pk).update(body=spaced, leaf_hash=leaf_hash(spaced))
    assert f"{event.seq}: its bytes cannot be read as an event" in found()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b'"text"', b"1"])
def test_bytes_that_are_no_event_are_found(open_record: list[Event], body: bytes) -> None:
    event = open_record[1]
    Event.objects.filter(pk=event.pk).update(body=body, leaf_hash=leaf_hash(body))
    assert f"{event.seq}: its bytes cannot be read as an event" in found()


def test_a_deleted_event_is_found(open_record: list[Event]) -> None:
    EventDetail.objects.filter(event=open_record[1]).delete()
    Event.objects.filter(pk=open_record[1].pk).delete()
    gone, after = open_record[1].seq, open_record[2].seq
    assert f"{after}: number {gone} should stand here: events are missing" in found()
    assert any(problem.startswith("0: the head counts") for problem in found())


def test_a_cut_tail_is_found_while_the_head_is_kept(open_record: list[Event]) -> None:
    EventDetail.objects.filter(event=open_record[2]).delete()
    Event.objects.filter(pk=open_record[2].pk).delete()
    size = open_record[2].seq
    assert found() == [f"0: the head counts {size} events, but there are {size - 1}"]


def test_a_backdated_event_is_found_even_with_all_hashes_made_anew(
    open_record: list[Event],
) -> None:
    last = open_record[-1]
    rewrite(last, t="2020-01-01T00:00:00.000Z")
    Event.objects.filter(pk=last.pk).update(at="2020-01-01T00:00:00Z")
    leaves = Event.objects.order_by("seq").values_list("leaf_hash", flat=True)
    LogHead.objects.update(compact_range=compact_range(map(bytes, leaves)).packed())
    assert found() == [f"{last.seq}: its time is before that of the event above it"]


def test_a_swapped_detail_is_found(open_record: list[Event]) -> None:
    EventDetail.objects.filter(event=open_record[0]).update(text='{"actor":"Somebody else"}')
    assert found() == [f"{open_record[0].seq}: its detail is not the one that was written"]


def test_a_head_of_another_tree_is_found(open_record: list[Event]) -> None:
    packed = bytes(LogHead.objects.get().compact_range)
    LogHead.objects.update(compact_range=packed[::-1])
    assert found() == ["0: the head does not belong to these events"]


def test_verifying_reads_the_record_in_one_go(
    three_events: list[Event], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        assert found() == []


def test_events_past_the_head_are_found(open_record: list[Event]) -> None:
    last = open_record[-1]
    body = canonical_bytes({**last.data, "seq": last.seq + 1})
    Event.objects.create(
        seq=last.seq + 1,
        body=body,
        leaf_hash=leaf_hash(body),
        at=last.at,
        verb=last.verb,
        actor_ref=last.actor_ref,
        object_kind=last.object_kind,
        object_ref=last.object_ref,
        object_version=last.object_version,
        sha256=last.sha256,
        before=last.before,
        after=last.after,
    )
    EventDetail.objects.create(event_id=last.seq + 1, salt=last.detail.salt, text=last.detail.text)
    assert found() == [f"0: the head counts {last.seq} events, but there are {last.seq + 1}"]


def test_a_missing_head_is_found(open_record: list[Event]) -> None:
    LogHead.objects.all().delete()
    assert found() == ["0: the head is missing"]


@pytest.mark.parametrize("when", ["before the events are read", "after the events are read"])
def test_what_is_written_while_it_is_verified_is_no_problem(
    three_events: list[Event],
    thing: ObjectRef,
    tom: Actor,
    monkeypatch: pytest.MonkeyPatch,
    when: str,
) -> None:
    read = verification._in_order

    def read_while_others_write() -> Iterator[Event]:
        if when.startswith("before"):
            record(Verb.EVIDENCE_CHANGED, thing, actor=tom)
        yield from list(read())
        if when.startswith("after"):
            record(Verb.EVIDENCE_CHANGED, thing, actor=tom)

    monkeypatch.setattr(verification, "_in_order", read_while_others_write)
    assert found() == []
