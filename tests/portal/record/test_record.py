"""Writing the record."""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.record.actors import SCANNER, SCHEDULER, SETUP, Actor
from portal.record.canonical import NotCanonical
from portal.record.erasing import erase_details
from portal.record.installation import remove_refusals
from portal.record.merkle import compact_range, leaf_hash
from portal.record.models import Event, EventDetail, LogHead
from portal.record.objects import ObjectRef
from portal.record.record import Entry, NotInTransaction, commitment, record, record_all
from portal.record.verbs import Verb

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 30, 12, 0, 0, 123_456, tzinfo=UTC)
SALT = bytes(range(32))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Return a way to set the clock."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


@pytest.fixture
def known_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every salt the same."""
    monkeypatch.setattr(secrets, "token_bytes", lambda count: SALT[:count])


@pytest.mark.usefixtures("known_salt")
def test_the_bytes_of_an_event_are_pinned(clock: Callable[[datetime], None], priya: Actor) -> None:
    clock(NOON)
    first = LogHead.objects.get().size + 1
    event = record(
        Verb.VERSION_APPROVED,
        ObjectRef("version", "Vv_-9", 3),
        actor=priya,
        before="in_review",
        after="approved",
        sha256="0f" * 32,
        facts={"step": 1, "signature_version": "27500"},
        detail={"reason": "Merci, c'était clair", "ends": NOON.date()},
    )
    detail = (
        '{"actor":"Priya Shah, IG lead (demo)","ends":"2027-06-30",'
        '"reason":"Merci, c\'était clair"}'
    )
    commit = hashlib.sha256(SALT + detail.encode()).hexdigest()
    assert commit == "ae221e34dc354f3b9c741fc16a0b67e92d40e0dd57be05c399a1aa023ec47406"
    assert bytes(event.body) == (
        b'{"actor_ref":"person:priyaPriyaPriyaPriya00","after":"approved","before":"in_review",'
        b'"clock":"ok","detail_commit":"' + commit.encode() + b'",'
        b'"facts":{"signature_version":"27500","step":1},'
        b'"object":{"kind":"version","ref":"Vv_-9","version":3},'
        b'"seq":' + str(first).encode() + b',"sha256":"' + b"0f" * 32 + b'",'
        b'"t":"2027-06-30T12:00:00.123Z","v":1,"verb":"version.approved"}'
    )
    assert EventDetail.objects.get(event=event).text == detail


def test_what_is_stored_is_what_was_hashed(thing: ObjectRef, tom: Actor) -> None:
    written = record(Verb.EVIDENCE_CREATED, thing, actor=tom, detail={"title": "Fire drill 🧯"})
    event = Event.objects.select_related("detail").get(pk=written.pk)
    assert bytes(event.leaf_hash) == hashlib.sha256(b"\x00" + bytes(event.body)).digest()
    assert event.data["detail_commit"] == commitment(bytes(event.detail.salt), event.detail.text)
    assert event.detail_data == {"actor": tom.actor_label, "title": "Fire drill 🧯"}


def test_the_columns_repeat_the_bytes(three_events: list[Event]) -> None:
    event = Event.objects.get(pk=three_events[1].pk)
    data = event.data
    assert (event.seq, event.verb, event.actor_ref) == (
        data["seq"],
        data["verb"],
        data["actor_ref"],
    )
    assert (event.sha256, event.before, event.after) == ("ab" * 32, "", "waiting")
    assert data["object"] == {"kind": "version", "ref": event.object_ref, "version": 1}
    assert event.facts == {"size": 1234}
    assert event.verb_label == "Version uploaded"
    assert str(event.object) == "version:versionVersion00000000#1"


def test_the_head_grows_with_every_event(three_events: list[Event]) -> None:
    head = LogHead.objects.get()
    leaves = [
        bytes(leaf) for leaf in Event.objects.order_by("seq").values_list("leaf_hash", flat=True)
    ]
    assert head.size == len(leaves) == three_events[-1].seq
    assert bytes(head.compact_range) == compact_range(leaves).packed()
    assert head.last_at == three_events[-1].at


def test_numbers_follow_each_other(three_events: list[Event]) -> None:
    first = three_events[0].seq
    assert [event.seq for event in three_events] == [first, first + 1, first + 2]


def test_an_event_costs_four_statements(
    thing: ObjectRef, tom: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        record(Verb.EVIDENCE_CREATED, thing, actor=tom)


def test_many_events_cost_the_same_four(
    thing: ObjectRef, tom: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entries = [Entry(verb=Verb.EVIDENCE_CHANGED, obj=thing, actor=tom)] * 40
    with django_assert_num_queries(4):
        events = record_all(entries)
    leaves = Event.objects.order_by("seq").values_list("leaf_hash", flat=True)
    assert events[-1].seq - events[0].seq == 39
    assert LogHead.objects.get().size == events[-1].seq
    assert bytes(LogHead.objects.get().compact_range) == compact_range(map(bytes, leaves)).packed()


def test_nothing_to_write_touches_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert record_all([]) == []


def test_an_event_outside_a_transaction_is_refused(
    thing: ObjectRef, tom: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(NotInTransaction):
            record(Verb.EVIDENCE_CREATED, thing, actor=tom)


def test_an_event_is_lost_with_its_change_and_leaves_no_gap(thing: ObjectRef, tom: Actor) -> None:
    before = LogHead.objects.get().size
    with transaction.atomic():
        record(Verb.EVIDENCE_CREATED, thing, actor=tom)
        transaction.set_rollback(True)
    assert LogHead.objects.get().size == before
    assert record(Verb.EVIDENCE_CREATED, thing, actor=tom).seq == before + 1


def test_time_is_held_while_the_clock_has_gone_back(
    clock: Callable[[datetime], None], thing: ObjectRef, tom: Actor
) -> None:
    written = []
    for step in (0, -3600, -1, 0, 1):
        clock(NOON + timedelta(seconds=step))
        event = record(Verb.EVIDENCE_CHANGED, thing, actor=tom)
        written.append((event.data["t"][11:19], event.data["clock"]))
    assert written == [
        ("12:00:00", "ok"),
        ("12:00:00", "held"),
        ("12:00:00", "held"),
        ("12:00:00", "ok"),
        ("12:00:01", "ok"),
    ]


def test_the_time_in_the_list_is_the_time_in_the_bytes(
    clock: Callable[[datetime], None], thing: ObjectRef, tom: Actor
) -> None:
    clock(NOON)
    event = record(Verb.EVIDENCE_CHANGED, thing, actor=tom)
    event.refresh_from_db()
    assert event.at == NOON.replace(microsecond=123_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "AB" * 32},
        {"sha256": "ab"},
        {"before": "in review"},
        {"after": "priya@demo.example"},
        {"facts": {"Size": 1}},
        {"facts": {"size": 1.5}},
        {"facts": {"clean": True}},
        {"facts": {"name": None}},
        {"obj": ObjectRef("evidence", "")},
        {"obj": ObjectRef("", "x")},
        {"obj": ObjectRef("evidence", "Fire drill")},
        {"obj": ObjectRef("evidence", "x" * 101)},
    ],
)
def test_what_has_no_place_in_the_bytes_is_refused_and_nothing_is_written(
    wrong: dict[str, Any], thing: ObjectRef, tom: Actor
) -> None:
    before = LogHead.objects.get().size
    arguments = {"obj": thing, **wrong}
    with pytest.raises(NotCanonical):
        record(Verb.EVIDENCE_CHANGED, actor=tom, **arguments)
    assert (LogHead.objects.get().size, Event.objects.count()) == (before, before)


def test_a_word_that_is_no_verb_is_refused(thing: ObjectRef, tom: Actor) -> None:
    with pytest.raises(ValueError, match="is not a valid Verb"):
        record("evidence.exploded", thing, actor=tom)  # type: ignore[arg-type]  # the point


@pytest.mark.parametrize(
    "name", ["", "\0", "\ud83d", "'; DROP TABLE record_event; --", "\u202eabc", "\U0001d4b3" * 999]
)
def test_no_name_can_stop_an_event(name: str, thing: ObjectRef, tom: Actor) -> None:
    event = record(Verb.EVIDENCE_CHANGED, thing, actor=tom, detail={"title": name})
    event = Event.objects.get(pk=event.pk)
    assert event.detail_data["title"] == name.encode("utf-8", "replace").decode()


def test_the_bytes_hold_no_personal_detail(thing: ObjectRef, tom: Actor) -> None:
    event = record(
        Verb.EVIDENCE_CHANGED, thing, actor=tom, detail={"reason": "As Mrs Bell asked me to"}
    )
    assert b"Reed" not in bytes(event.body)
    assert b"Bell" not in bytes(event.body)


def test_the_same_detail_never_has_the_same_commitment_twice(thing: ObjectRef, tom: Actor) -> None:
    commits = {
        record(Verb.EVIDENCE_CHANGED, thing, actor=tom).data["detail_commit"] for _ in range(5)
    }
    assert len(commits) == 5


def test_an_erased_detail_leaves_the_event_readable(thing: ObjectRef, tom: Actor) -> None:
    event = record(Verb.EVIDENCE_CREATED, thing, actor=tom, detail={"title": "Fire drill"})
    erasure = erase_details([event.seq], thing, actor=tom)
    event = Event.objects.get(pk=event.pk)
    assert event.detail_data == {}
    assert event.erased_at == erasure.at
    assert event.actor_label == event.erased_words != ""
    assert leaf_hash(bytes(event.body)) == bytes(event.leaf_hash)


def test_a_detail_that_somebody_blanked_reads_as_empty(thing: ObjectRef, tom: Actor) -> None:
    event = record(Verb.EVIDENCE_CREATED, thing, actor=tom, detail={"title": "Fire drill"})
    remove_refusals()
    EventDetail.objects.filter(event=event).update(text="", salt=b"")
    event = Event.objects.get(pk=event.pk)
    assert (event.detail_data, event.actor_label) == ({}, tom.actor_ref)


@pytest.mark.parametrize(
    ("actor", "ref"),
    [(SCANNER, "system:scanner"), (SCHEDULER, "system:scheduler"), (SETUP, "system:setup")],
)
def test_the_system_acts_under_a_name(actor: Actor, ref: str, thing: ObjectRef) -> None:
    event = record(Verb.EVIDENCE_CHANGED, thing, actor=actor)
    assert event.actor_ref == json.loads(bytes(event.body))["actor_ref"] == ref
    assert event.actor_label == actor.actor_label != ref


def test_a_verb_of_a_later_release_is_still_shown() -> None:
    assert Event(verb="pack.sealed").verb_label == "pack.sealed"
