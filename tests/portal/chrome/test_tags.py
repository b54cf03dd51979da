"""Tags and filters of every page."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from portal.chrome import words
from portal.chrome.icons import ICONS, icon
from portal.chrome.management.commands.take_kit import STYLESHEET
from portal.chrome.pages import page_links
from portal.chrome.tracks import steps_of


def drawn(tag: str, **context: Any) -> str:
    return engines["django"].from_string("{% load wellkept %}" + tag).render(context)


def test_the_sprite_holds_exactly_the_icons_that_may_be_asked_for() -> None:
    sprite = STYLESHEET.parent / "icons.svg"
    symbols = ET.parse(sprite).getroot()  # noqa: S314 - reads our own sprite

    assert {symbol.get("id") for symbol in symbols} == ICONS


def test_an_icon_is_silent_for_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon("tick")
    assert "icons.svg#tick" in icon("tick")


def test_an_unknown_icon_is_an_error_not_a_blank() -> None:
    with pytest.raises(ValueError, match="no icon called 'tock'"):
        icon("tock")


def test_a_state_shows_icon_and_word() -> None:
    look = SimpleNamespace(kind="stop", icon="returned", label="Returned to <you>")

    html = drawn("{% state look %}", look=look)

    assert "wk-state--stop" in html
    assert "icons.svg#returned" in html
    assert "Returned to &lt;you&gt;" in html


def test_a_state_may_be_written_out_or_changed_in_one_part() -> None:
    look = SimpleNamespace(kind="stop", icon="returned", label="Returned")

    assert "Clean" in drawn('{% state kind="done" word="Clean" icon="tick" %}')
    assert "Returned to you" in drawn('{% state look word="Returned to you" %}', look=look)


def test_a_track_says_each_step_in_words() -> None:
    html = drawn("{% track s %}", s=[("Uploaded", "done"), ("Check", "stop"), ("Kept", "later")])

    assert '<li class="is-done">Uploaded<span' in html
    assert ": stopped here" in html
    assert "<li>Kept" in html


def test_a_track_takes_objects_too() -> None:
    assert steps_of([SimpleNamespace(label="Kept", status="now")])[0].said == "now"


def test_dates_are_said_in_full_and_in_london_time() -> None:
    at = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)

    assert drawn("{{ at|day }}", at=at) == "1 July 2027"
    assert drawn("{{ at|moment }}", at=at) == "1 July 2027, 00:30"
    assert drawn("{{ at|clock }}", at=at) == "00:30"
    assert drawn("{{ at|weekday }}", at=date(2026, 11, 23)) == "Monday 23 November 2026"
    assert drawn("{{ at|day }}{{ at|moment }}{{ at|clock }}{{ at|days_until }}", at=None) == ""


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (7, "in 7 days"), (-3, "3 days ago")],
)
def test_nearness_is_said_in_days(ahead: int, said: str) -> None:
    assert words.days_until(timezone.localdate() + timedelta(days=ahead)) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (655_360, "640 KB"),
        (1024 * 1024 - 1, "1 MB"),
        (1_258_291, "1.2 MB"),
        (30_408_704, "29 MB"),
        (104_857_600, "100 MB"),
        (5 * 1024**4, "5120 GB"),
        (None, ""),
    ],
)
def test_sizes_are_said_in_words(size: int | None, said: str) -> None:
    assert words.file_size(size) == said


def test_counts_are_said_in_words() -> None:
    assert [words.in_words(n, "file,files") for n in (0, 1, 2, 1284)] == [
        "no files",
        "1 file",
        "2 files",
        "1,284 files",
    ]


def test_a_hash_is_written_in_groups() -> None:
    assert words.hash_groups("0123456789abcdef") == "01234567 89abcdef"


def test_pages_keep_filters_and_show_gaps(rf: RequestFactory) -> None:
    page = Paginator(range(200), 20).page(5)

    links = page_links(page, QueryDict("site=3&page=5"), "page")

    assert [link.number for link in links] == [1, 0, 4, 5, 6, 0, 10]
    assert links[2].url == "?site=3&page=4"
    assert [link.number for link in links if link.is_here] == [5]


def test_a_gap_of_one_page_is_that_page() -> None:
    page = Paginator(range(80), 20).page(4)

    assert [link.number for link in page_links(page, QueryDict(""), "page")] == [1, 2, 3, 4]


def test_a_list_of_one_page_has_no_links(rf: RequestFactory) -> None:
    page = Paginator(range(3), 20).page(1)

    assert "<nav" not in drawn("{% pagination page %}", page=page, request=rf.get("/?a=1"))


def test_page_links_are_escaped(rf: RequestFactory) -> None:
    page = Paginator(range(60), 20).page(1)

    html = drawn("{% pagination page %}", page=page, request=rf.get('/?q="><script>'))

    assert "<script>" not in html
    assert "page=2" in html


def test_a_person_is_named_with_their_job() -> None:
    someone = SimpleNamespace(actor_label="Grace Adeyemi (demo), IG lead")

    assert drawn("{% person p %}", p=someone) == "Grace Adeyemi (demo), IG lead"
    assert drawn("{% person p %}", p=None) == "Someone"
