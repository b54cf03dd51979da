"""The record in words."""

from datetime import date
from typing import Any

import pytest

from portal.record.canonical import detail_text
from portal.record.models import Event, EventDetail
from portal.record.words import detail_pairs, kind_words, plain_words, state_words, thing_words


def event(detail: dict[str, Any] | None = None, **fields: Any) -> Event:
    """Return an event that is in no database."""
    made = Event(seq=1, **fields)
    made.detail = EventDetail(event=made, salt=b"", text=detail_text(detail or {}))
    return made


def test_kinds_read_as_words() -> None:
    assert kind_words("inspector_access") == "Inspector access"


@pytest.mark.parametrize(
    ("detail", "fields", "words"),
    [
        ({}, {"object_kind": "site", "object_ref": "x1"}, "Site x1"),
        ({"title": "Drill"}, {"object_kind": "evidence", "object_ref": "x1"}, "Evidence Drill"),
        (
            {"title": "Drill"},
            {"object_kind": "version", "object_ref": "x1", "object_version": 3},
            "Version 3 of Drill",
        ),
        (
            {"person": "Tom Reed", "role": "Editor"},
            {"object_kind": "membership", "object_ref": "x1"},
            "Membership Tom Reed",
        ),
        (
            {},
            {"object_kind": "policy", "object_ref": "x1", "object_version": 3},
            "Policy x1, version 3",
        ),
    ],
)
def test_a_thing_is_called_by_its_title_or_else_its_reference(
    detail: dict[str, Any], fields: dict[str, Any], words: str
) -> None:
    assert thing_words(event(detail, **fields)) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", "", ""),
        ("", "waiting", "waiting"),
        ("in_review", "", "in review"),
        ("waiting", "in_review", "waiting → in review"),
    ],
)
def test_states_read_as_a_step(before: str, after: str, words: str) -> None:
    assert state_words(event(before=before, after=after)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Elm House", "Elm House"),
        (3, "3"),
        (True, "yes"),
        (False, "no"),
        (None, "nothing"),
        (["a", 1, None], "a, 1, nothing"),
        ({"title": ["Old", "New"]}, "title: Old, New"),
    ],
)
def test_every_value_reads_as_text(value: object, words: str) -> None:
    assert plain_words(value) == words


def test_details_leave_out_the_actor_and_what_is_empty() -> None:
    found = event({"actor": "Tom", "file_name": "a.pdf", "note": "", "ends": date(2027, 6, 30)})
    assert detail_pairs(found) == [("Ends", "2027-06-30"), ("File name", "a.pdf")]
