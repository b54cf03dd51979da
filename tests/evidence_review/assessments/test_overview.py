"""Orders, first things and lapses of many places, and where the marks of a drawing stand."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from evidence_review.assessments.charts import line, timeline
from evidence_review.assessments.first_things import first_things
from evidence_review.assessments.overview import (
    Lapses,
    Outlook,
    Place,
    Readiness,
    narrowed,
    ordered,
    panel,
)
from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Item, Tally
from tests.evidence_review.assessments.test_levels import LEVELS

TODAY, DAY = date(2026, 11, 23), date(2027, 6, 30)
SECTIONS = {"Staffing and roles": 1, "Data security": 2}
OUTLOOK = Outlook(LEVELS, SECTIONS, TODAY, DAY)


def place(name: str, *, complete: int, last: date | None = None, covered: str = "") -> Place:
    """Return a place with so many of its three answers complete; the last of them lapses."""
    items = []
    sections = [name for name, needed in SECTIONS.items() for _ in range(needed)]
    for at, section in enumerate(sections):
        is_complete = at < complete
        result = Result(
            Standing.COMPLETE if is_complete else Standing.IN_PROGRESS,
            last if at == complete - 1 else None,
        )
        items.append(Item(section=section, levels=["approaching", "met"], result=result))
    return Place(name, Tally.of(items), assessment=name, site=1, covered=covered)


def rows(*places: Place) -> list[Readiness]:
    return [Readiness(one, OUTLOOK) for one in places]


MET = place("Birch", complete=3)
LOSING = place("Alder", complete=3, last=date(2027, 1, 14))
UNMET = place("Elm", complete=1)
NEW = Place("Maple", site=4)


def test_the_three_things_are_one_of_each_kind_and_never_what_is_fine() -> None:
    found = first_things(rows(MET, UNMET, LOSING, NEW))
    assert [thing.title for thing in found] == [
        "Start Maple",
        "Renew 1 answer at Alder",
        "Finish 2 answers at Elm",
    ]
    assert found[1].look.label == "Lapses after 14 January 2027"
    assert first_things(rows(MET)) == []


def test_what_is_left_of_the_three_goes_to_the_worst() -> None:
    worse = place("Oak", complete=0)
    found = first_things(rows(UNMET, worse, place("Fir", complete=2)))
    assert [thing.row.place.name for thing in found] == ["Oak", "Elm", "Fir"]


def test_the_worst_comes_first_and_names_decide_between_equals() -> None:
    found = ordered(rows(MET, place("Ash", complete=3), NEW, UNMET, LOSING), "-missing")
    assert [row.place.name for row in found] == ["Maple", "Elm", "Alder", "Ash", "Birch"]
    turned = ordered(rows(MET, place("Ash", complete=3), NEW), "-site")
    assert [row.place.name for row in turned] == ["Maple", "Birch", "Ash"]


def test_what_lapses_first_or_stands_lowest_can_come_first() -> None:
    everybody = rows(MET, NEW, UNMET, LOSING)
    assert ordered(everybody, "lapse")[0].place is LOSING
    assert [row.rank for row in ordered(everybody, "today")] == [-1, 0, 2, 2]
    assert ordered(everybody, "-s1")[0].place is NEW


def test_sites_are_kept_by_every_word_of_the_name() -> None:
    everybody = rows(place("Rowan House", complete=3), place("Rowan Lodge", complete=3))
    assert len(narrowed(everybody, name="rowan")) == 2
    assert [row.place.name for row in narrowed(everybody, name="LODGE row")] == ["Rowan Lodge"]


def test_only_what_loses_something_is_shown_as_lapsing() -> None:
    assert [row.place for row in narrowed(rows(MET, LOSING, NEW), show="lapses")] == [LOSING]
    assert [row.place for row in narrowed(rows(MET, LOSING, NEW), show="not_then")] == [LOSING, NEW]


def test_a_panel_counts_the_highest_level_first() -> None:
    everybody = rows(MET, LOSING, UNMET, NEW)
    today = panel((row.rank for row in everybody), OUTLOOK)
    then = panel((row.rank_then for row in everybody), OUTLOOK)
    assert (today.reached, then.reached, today.of) == (2, 1, 4)
    assert [(look.label, count) for look, count in today.counts] == [
        ("Met", 2),
        ("Not met", 1),
        ("Not started", 1),
    ]


def test_what_head_office_answered_for_its_sites_lapses_once() -> None:
    covered = LOSING._replace(name="Willow", covered="its-public-id")
    found = Lapses([LOSING, covered, MET], OUTLOOK)
    assert found.by_day == [(date(2027, 1, 14), 1)]
    assert found.groups(4) == [(date(2027, 1, 14), "Alder")]


LASTS = st.lists(st.dates(TODAY, DAY + timedelta(days=60)), max_size=8)


@given(LASTS, st.integers(1, 6))
def test_the_first_lapses_are_the_first_of_all(lasts: list[date], at_most: int) -> None:
    places = [place(f"Site {at}", complete=3, last=last) for at, last in enumerate(lasts)]
    found = Lapses(places, OUTLOOK)
    assert found.groups(at_most) == found.groups()[:at_most]
    assert found.count == sum(last < DAY for last in lasts)


@given(st.lists(st.tuples(st.dates(TODAY, DAY), st.integers(1, 99)), max_size=40))
def test_a_timeline_loses_nothing_and_keeps_its_marks_apart(counts: list[tuple[date, int]]) -> None:
    for width, apart in ((1080, 34), (328, 26)):
        drawn = timeline(counts, TODAY, DAY, width=width, apart=apart)
        places = [mark.x for mark in drawn.marks]
        assert sum(mark.count for mark in drawn.marks) == sum(count for _, count in counts)
        assert all(drawn.margin <= x <= drawn.end for x in places)
        assert all(right - left >= apart for left, right in pairwise(places))


@given(st.dates(TODAY, date(2031, 11, 23)))
def test_a_timeline_has_room_for_the_names_of_its_months(day: date) -> None:
    for width, apart in ((1080, 34), (328, 26)):
        ticks = timeline([], TODAY, day, width=width, apart=apart).ticks
        assert len(ticks) * apart * 2 <= width
        if ticks:
            assert ticks[0].word == "Dec 2026"


def test_a_line_has_everything_at_the_top_and_nothing_at_the_bottom() -> None:
    drawn = line([(TODAY, 0), (DAY, 100)], width=540, height=140, margin=20)
    assert [(dot.x, dot.y) for dot in drawn.dots] == [(20, 120), (520, 20)]
    assert line([], width=540, height=140, margin=20).dots == ()
