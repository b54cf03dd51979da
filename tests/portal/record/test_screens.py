"""The record in the admin: read, narrow, export."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from portal.people.models import User
from portal.record.actors import SCANNER, Actor, SystemActor
from portal.record.erasing import erase_details
from portal.record.models import Event
from portal.record.objects import ObjectRef
from portal.record.record import Entry, record, record_all
from portal.record.verbs import Verb

pytestmark = pytest.mark.django_db
LIST = "/admin/record/"


def signed_in(client: Client, *permissions: str) -> Client:
    """Return a client signed in as somebody who may enter the admin and holds the permissions."""
    person = User.objects.create_user(email="reader@demo.example")
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *permissions])
    )
    client.force_login(person)
    return client


@pytest.fixture
def reader(client: Client) -> Client:
    """Return the browser of somebody who may read the record."""
    return signed_in(client, "view_event")


def shown(client: Client, **query: str) -> list[int]:
    """Return the numbers of the events that the list shows."""
    return [event.seq for event in client.get(LIST, query).context["object_list"]]


def page(client: Client, url: str = LIST, **query: str) -> str:
    """Return a page's text."""
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def rows(client: Client, **query: str) -> list[dict[str, str]]:
    """Return the rows of the CSV file."""
    response: Any = client.get(LIST, {**query, "export": "csv"})
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_list_has_its_address() -> None:
    assert reverse("record:index") == LIST


def test_the_list_says_who_did_what_to_which_thing(
    reader: Client, three_events: list[Event]
) -> None:
    text = page(reader)
    for words in (
        "Priya Shah, IG lead (demo)",
        "Version approved",
        "in review → approved",
        "File name: =drill.pdf",
        "Evidence Fire drill",
        "Version 1 of versionVersion00000000",
    ):
        assert words in text


def test_the_newest_come_first(reader: Client, three_events: list[Event]) -> None:
    assert shown(reader) == [event.seq for event in reversed(three_events)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"person": "priya"}, [3]),
        ({"person": "person:tomTomTomTomTomTomTom0"}, [2, 1]),
        ({"person": "Nobody"}, []),
        ({"verb": "version.uploaded"}, [2]),
        ({"thing": "evidence"}, [1]),
        ({"thing": "Version"}, [3, 2]),
        ({"thing": "versionVersion00000000"}, [3, 2]),
        ({"thing": "version:versionVersion00000000"}, [3, 2]),
        ({"thing": "evidence:versionVersion00000000"}, []),
        ({"person": "Tom", "thing": "version"}, [2]),
        ({"person": "x' OR 1=1 --"}, []),
        ({"person": "[("}, []),
    ],
)
def test_the_list_can_be_narrowed(
    reader: Client, three_events: list[Event], query: dict[str, str], expected: list[int]
) -> None:
    first = three_events[0].seq
    assert shown(reader, **query) == [first + number - 1 for number in expected]


def test_the_list_can_be_narrowed_to_days(reader: Client, three_events: list[Event]) -> None:
    today = timezone.localdate()
    assert len(shown(reader, at_from=str(today), at_to=str(today))) == 3
    assert shown(reader, at_to=str(today - timedelta(days=1))) == []
    assert shown(reader, at_from=str(today + timedelta(days=1))) == []


@pytest.mark.parametrize("query", [{"verb": "no.such"}, {"at_from": "soon"}, {"person": "\0"}])
def test_a_filter_that_makes_no_sense_does_not_break_the_page(
    reader: Client, three_events: list[Event], query: dict[str, str]
) -> None:
    assert reader.get(LIST, query).status_code == 200


def test_the_list_is_paged(reader: Client, thing: ObjectRef, tom: Actor) -> None:
    record_all([Entry(verb=Verb.EVIDENCE_CHANGED, obj=thing, actor=tom)] * 120)
    assert len(shown(reader)) == 50
    assert len(shown(reader, p="3")) == 20


def test_a_long_list_costs_no_more_queries_than_a_short_one(
    reader: Client, thing: ObjectRef, tom: Actor
) -> None:
    record(Verb.EVIDENCE_CHANGED, thing, actor=tom)
    reader.get(LIST)
    with CaptureQueriesContext(connection) as short:
        reader.get(LIST)
    record_all([Entry(verb=Verb.EVIDENCE_CHANGED, obj=thing, actor=tom)] * 120)
    with CaptureQueriesContext(connection) as long:
        reader.get(LIST)
    assert len(long) == len(short)
    assert len([query for query in long if "record_event" in query["sql"]]) == 3


def test_the_results_alone_can_be_asked_for(reader: Client, three_events: list[Event]) -> None:
    text = page(reader, reverse("record:index_results"), verb="version.approved")
    assert "Version approved" in text
    assert "<html" not in text


def test_an_empty_record_says_what_will_be_here(reader: Client) -> None:
    assert "Nothing has happened yet." in page(reader)


def test_filters_that_leave_nothing_say_so(reader: Client, three_events: list[Event]) -> None:
    assert "Remove a filter to see more." in page(reader, person="Nobody")


def test_hostile_words_are_shown_and_not_run(reader: Client, thing: ObjectRef) -> None:
    actor = SystemActor("x", "<script>alert(1)</script>")
    record(Verb.EVIDENCE_CHANGED, thing, actor=actor, detail={"title": "<img src=x onerror=y>"})
    text = page(reader)
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_an_erased_event_is_shown_without_names(
    reader: Client, three_events: list[Event], tom: Actor
) -> None:
    erase_details([event.seq for event in three_events], three_events[0].object, actor=tom)
    text = page(reader)
    assert "Shah" not in text
    assert text.count(f"Details erased on {date_format(timezone.localdate(), 'j F Y')}") == 3
    assert "person:priyaPriyaPriyaPriya00" in text


def test_one_event_is_shown_with_its_sealed_bytes(
    reader: Client, three_events: list[Event]
) -> None:
    event = three_events[1]
    text = page(reader, reverse("record:event", args=[event.seq]))
    assert bytes(event.leaf_hash).hex() in text
    assert "&quot;facts&quot;:{&quot;size&quot;:1234}" in text
    assert "File name" in text
    assert "were erased" not in text


def test_one_erased_event_says_so_and_leads_to_the_erasure(
    reader: Client, three_events: list[Event], tom: Actor
) -> None:
    event = three_events[1]
    erasure = erase_details([event.seq], event.object, actor=tom)
    text = page(reader, reverse("record:event", args=[event.seq]))
    today = date_format(timezone.localdate(), "j F Y")
    assert "The names and words of this event were erased on <time" in text
    assert f">{today}</time>" in text
    assert reverse("record:event", args=[erasure.seq]) in text


def test_an_event_that_does_not_exist_is_not_found(reader: Client) -> None:
    assert reader.get(reverse("record:event", args=[999])).status_code == 404


@pytest.mark.parametrize("url", [LIST, "/admin/record/results/", "/admin/record/1/"])
def test_nobody_reads_the_record_without_the_permission(
    client: Client, three_events: list[Event], url: str
) -> None:
    answer = signed_in(client).get(url)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/")


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_nobody_exports_the_record_without_the_permission(
    client: Client, three_events: list[Event], export: str
) -> None:
    assert signed_in(client).get(LIST, {"export": export}).status_code == 302


@pytest.mark.parametrize("url", [LIST, "/admin/record/results/", "/admin/record/1/"])
def test_a_stranger_is_sent_to_sign_in(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


@pytest.mark.parametrize("url", [LIST, "/admin/record/1/"])
def test_nothing_can_be_sent_to_the_record(
    reader: Client, three_events: list[Event], url: str
) -> None:
    assert reader.post(url, {"verb": "version.approved"}).status_code == 405


@pytest.mark.parametrize(("permissions", "there"), [(["view_event"], True), ([], False)])
def test_the_menu_offers_the_record_to_its_readers_only(
    client: Client, permissions: list[str], *, there: bool
) -> None:
    home = signed_in(client, *permissions).get("/admin/").content.decode()
    assert (LIST in home) is there


def test_the_csv_file_holds_every_event_with_its_words(
    reader: Client, three_events: list[Event]
) -> None:
    newest, middle, _ = rows(reader)
    assert newest["Who"] == "Priya Shah, IG lead (demo)"
    assert newest["What happened"] == "Version approved"
    assert newest["When (UK time)"][:10] == str(timezone.localdate())
    assert middle["Details"] == "File name: =drill.pdf"
    assert middle["SHA-256 of this event"] == bytes(three_events[1].leaf_hash).hex()


def test_the_files_hold_what_the_filters_leave(reader: Client, three_events: list[Event]) -> None:
    assert [row["What happened"] for row in rows(reader, verb="version.uploaded")] == [
        "Version uploaded"
    ]


def test_the_files_are_not_cut_at_a_page(reader: Client, thing: ObjectRef, tom: Actor) -> None:
    record_all([Entry(verb=Verb.EVIDENCE_CHANGED, obj=thing, actor=tom)] * 120)
    assert len(rows(reader)) == 120


def test_a_formula_in_the_record_is_harmless_in_the_files(reader: Client, thing: ObjectRef) -> None:
    actor = SystemActor("x", '=HYPERLINK("http://evil")\x07')
    record(Verb.EVIDENCE_CHANGED, thing, actor=actor)
    assert rows(reader)[0]["Who"].startswith("'=HYPERLINK")
    response: Any = reader.get(LIST, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet is not None
    assert sheet["C2"].data_type == "s"
    assert sheet["C2"].value.startswith("=HYPERLINK")


def test_details_of_every_shape_can_be_read(reader: Client, thing: ObjectRef) -> None:
    detail = {
        "ends": date(2027, 6, 30),
        "sites": ["Elm House", "Oak House"],
        "changed": {"title": ["Old", "New"], "note": None},
        "everywhere": True,
        "nothing": None,
        "empty": "",
    }
    record(Verb.EVIDENCE_CHANGED, thing, actor=SCANNER, detail=detail)
    assert rows(reader)[0]["Details"] == (
        "Changed: note: nothing, title: Old, New; Ends: 2027-06-30; Everywhere: yes; "
        "Sites: Elm House, Oak House"
    )
