"""Named selections."""

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.record.actors import SETUP, Actor, SystemActor
from portal.record.erasing import erase_details
from portal.record.models import Event
from portal.record.objects import ObjectRef
from portal.record.queries import (
    done_by_someone_called,
    events,
    events_about,
    events_about_any,
    events_by,
)
from portal.record.record import record
from portal.record.verbs import Verb

pytestmark = pytest.mark.django_db


def test_events_come_newest_first_with_their_details_in_one_query(
    three_events: list[Event], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        labels = [event.actor_label for event in events()[:3]]
    assert labels == [event.actor_label for event in reversed(three_events)]


def test_an_erased_detail_costs_no_further_query(
    three_events: list[Event], priya: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    erase_details([event.seq for event in three_events], three_events[0].object, actor=priya)
    with django_assert_num_queries(1):
        shown = [(event.detail_data, event.actor_label) for event in events()[1:4]]
    [(detail, label)] = {(str(detail), label) for detail, label in shown}
    assert detail == "{}"
    assert label.startswith("Details erased on ")


def test_events_about_a_thing_leave_out_all_others(three_events: list[Event]) -> None:
    about = events_about("version", "versionVersion00000000")
    assert [event.seq for event in about] == [three_events[2].seq, three_events[1].seq]
    assert not events_about("evidence", "versionVersion00000000").exists()


def test_events_about_several_things_come_together(
    three_events: list[Event], thing: ObjectRef
) -> None:
    version = ObjectRef("version", "versionVersion00000000", 9)
    assert list(events_about_any([thing, version])) == three_events[::-1]
    assert list(events_about_any([thing])) == three_events[:1]
    assert list(events_about_any([])) == []


def test_events_by_somebody_leave_out_all_others(three_events: list[Event], tom: Actor) -> None:
    assert list(events_by(tom.actor_ref)) == three_events[1::-1]


@pytest.mark.parametrize("name", ["Priya", "priya shah", "IG lead", "Shah, IG"])
def test_somebody_is_found_by_part_of_the_name(three_events: list[Event], name: str) -> None:
    assert list(done_by_someone_called(events(), name)) == three_events[2:]


@pytest.mark.parametrize("name", ["Nobody", "Fire drill", '"', "\\", ".*", "actor", "%", "["])
def test_words_elsewhere_in_the_detail_are_no_name(three_events: list[Event], name: str) -> None:
    assert not done_by_someone_called(events().filter(pk__gte=three_events[0].pk), name).exists()


def test_a_name_with_quotes_is_found(thing: ObjectRef) -> None:
    bob = SystemActor("bob", 'Robert "Bob" O\'Neill (demo) \\ 50%')
    written = record(Verb.EVIDENCE_CHANGED, thing, actor=bob, detail={"title": "x"})
    for part in ('"Bob"', "O'Neill", "\\ 50%", "Neill (demo)"):
        assert list(done_by_someone_called(events(), part)) == [written]


def test_a_name_is_not_found_once_erased(three_events: list[Event], tom: Actor) -> None:
    erase_details([three_events[2].seq], three_events[2].object, actor=tom)
    assert not done_by_someone_called(events(), "Priya").exists()


def test_setup_is_found_by_its_reference(thing: ObjectRef) -> None:
    written = record(Verb.EVIDENCE_CHANGED, thing, actor=SETUP)
    assert events_by("system:setup").first() == written
