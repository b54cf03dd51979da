"""The exact bytes: pinned, and only one way to write a thing."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.record.canonical import (
    LARGEST_INTEGER,
    NotCanonical,
    canonical_bytes,
    checked_reference,
    detail_text,
    time_text,
)
from portal.record.verbs import Verb

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    TEXTS | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER),
    lambda inner: st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
MAPS = st.dictionaries(KEYS, PLAIN, max_size=5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, b"{}"),
        ({"b": 1, "a": "x", "a1": {}}, b'{"a":"x","a1":{},"b":1}'),
        ({"z": {"y": -1, "x": "2"}}, b'{"z":{"x":"2","y":-1}}'),
        ({"t": "£ é 🙂"}, '{"t":"£ é 🙂"}'.encode()),
        ({"t": 'a"b\\c/d'}, b'{"t":"a\\"b\\\\c/d"}'),
        ({"t": "\0\x1f\n\r\t\b\f"}, b'{"t":"\\u0000\\u001f\\n\\r\\t\\b\\f"}'),
        ({"t": "\x7f\u2028\u2029"}, '{"t":"\x7f\u2028\u2029"}'.encode()),
        ({"n": LARGEST_INTEGER}, b'{"n":9007199254740991}'),
        ({"verb": Verb.VERSION_APPROVED}, b'{"verb":"version.approved"}'),
    ],
)
def test_the_bytes_are_pinned(value: dict[str, Any], expected: bytes) -> None:
    assert canonical_bytes(value) == expected


@given(MAPS)
def test_the_bytes_read_back_as_what_was_written(value: dict[str, Any]) -> None:
    assert json.loads(canonical_bytes(value)) == value


@given(MAPS)
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical_bytes(turned) == canonical_bytes(value)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        True,
        False,
        None,
        [1],
        ("a",),
        b"a",
        LARGEST_INTEGER + 1,
        -LARGEST_INTEGER - 1,
        date.max,
    ],
)
def test_anything_but_strings_whole_numbers_and_maps_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes({"a": value})  # type: ignore[dict-item]  # the wrong type is the point


@pytest.mark.parametrize("key", ["", "A", "1a", "é", "a b", "a" * 41, 1])
def test_a_key_that_is_no_short_ascii_name_is_refused(key: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes({key: 1})


def test_half_a_character_is_refused() -> None:
    with pytest.raises(NotCanonical, match="half a character"):
        canonical_bytes({"a": "\ud83d"})


@pytest.mark.parametrize("value", ["", "person:aB-_9", "dspt-v8:1.3.1", "a,b", "x" * 100])
def test_a_reference_may_be_any_short_code(value: str) -> None:
    assert checked_reference("ref", value) == value


@pytest.mark.parametrize(
    "value", ["priya@demo.example", "Priya Shah", "é", "x" * 101, "a\n", "\0", "\x7f"]
)
def test_a_name_an_address_or_a_sentence_is_no_reference(value: str) -> None:
    with pytest.raises(NotCanonical, match="who must be"):
        checked_reference("who", value)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2027, 6, 30, 9, 15, tzinfo=UTC), "2027-06-30T09:15:00.000Z"),
        (datetime(2027, 6, 30, 9, 15, 0, 123999, UTC), "2027-06-30T09:15:00.123Z"),
        (
            datetime(2027, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2027-06-30T23:30:00.000Z",
        ),
    ],
)
def test_times_are_utc_to_the_millisecond(at: datetime, expected: str) -> None:
    assert time_text(at) == expected


def test_times_sort_as_text() -> None:
    start = datetime(2026, 12, 31, 23, 59, 59, 999000, UTC)
    moments = [start + timedelta(milliseconds=step) for step in range(0, 3000, 7)]
    assert sorted(map(time_text, moments)) == [time_text(moment) for moment in moments]


def test_a_detail_holds_dates_lists_and_nothing() -> None:
    text = detail_text({"ends": date(2027, 6, 30), "sites": ["a", "b"], "was": None, "all": True})
    assert text == '{"all":true,"ends":"2027-06-30","sites":["a","b"],"was":null}'


@given(st.text())
def test_no_text_can_stop_a_detail(text: str) -> None:
    written = detail_text({"name": text})
    assert "\0" not in written
    assert list(json.loads(written.encode())) == ["name"]
