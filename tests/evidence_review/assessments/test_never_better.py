"""What holds for every assessment and every day: time and expiry never make anything better."""

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evidence_review.assessments.freshness import evidence_good_until, months_after
from evidence_review.assessments.levels import level_on
from evidence_review.assessments.overview import Outlook, Place, Readiness
from evidence_review.assessments.standing import AnswerFacts, EvidenceFacts, Result, standing_of
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Item, Tally, read_tally
from portal.frameworks.states import AnswerKind
from tests.evidence_review.assessments.test_levels import LEVELS

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MAYBE_DAYS = st.none() | DAYS
SECTIONS = ("Staffing and roles", "Data security")


@st.composite
def results(draw: st.DrawFn) -> Result:
    standing = draw(st.sampled_from(Standing))
    return Result(standing, draw(MAYBE_DAYS) if standing == Standing.COMPLETE else None)


ITEMS = st.lists(
    st.builds(
        Item,
        section=st.sampled_from(SECTIONS),
        levels=st.sampled_from([[], ["met"], ["approaching", "met"]]),
        result=results(),
        is_planned=st.booleans(),
    ),
    max_size=12,
)
TALLIES = st.builds(Tally.of, ITEMS, published=st.booleans())


def rank(tally: Tally, day: date) -> int:
    level = level_on(LEVELS, tally, day)
    return LEVELS.index(level) if level else -1


@given(TALLIES, DAYS, DAYS)
def test_a_later_day_never_has_more_complete_answers_or_a_higher_level(
    tally: Tally, one: date, other: date
) -> None:
    early, late = sorted((one, other))
    counts = [tally.total, tally.unplanned, *tally.sections.values(), *tally.levels.values()]
    assert all(count.complete_on(late) <= count.complete_on(early) for count in counts)
    assert rank(tally, late) <= rank(tally, early)


@given(ITEMS, st.integers(0, 11), DAYS, DAYS)
def test_an_answer_that_lapses_earlier_never_makes_a_level_higher(
    items: list[Item], at: int, sooner: date, day: date
) -> None:
    if at >= len(items) or items[at].result.standing != Standing.COMPLETE:
        return
    last = items[at].result.good_until
    earlier = replace(items[at], result=Result(Standing.COMPLETE, min(sooner, last or sooner)))
    before, after = Tally.of(items), Tally.of([*items[:at], earlier, *items[at + 1 :]])
    assert after.total.complete_on(day) <= before.total.complete_on(day)
    assert rank(after, day) <= rank(before, day)


@given(TALLIES, DAYS)
def test_the_forecast_for_today_is_today(tally: Tally, today: date) -> None:
    outlook = Outlook(LEVELS, dict.fromkeys(SECTIONS, 3), today, today)
    row = Readiness(Place("Somewhere", tally), outlook)
    assert (row.rank, row.missing_today) == (row.rank_then, row.missing)
    assert row.lapsing == 0
    assert all(section.lapsing == 0 for section in row.sections)


@given(ITEMS, DAYS)
def test_a_tally_counts_what_counting_the_answers_one_by_one_gives(
    items: list[Item], day: date
) -> None:
    tally = Tally.of(items)
    needed = [item for item in items if item.levels]
    complete = [item for item in needed if item.result.complete_on(day)]
    begun = [item for item in needed if item.result.standing != Standing.NOT_STARTED]

    assert tally.total.needed == len(needed)
    assert tally.total.complete_on(day) == len(complete)
    assert tally.total.in_progress_on(day) == len(begun) - len(complete)
    assert tally.total.not_started == len(needed) - len(begun)
    for name, count in tally.sections.items():
        assert count.complete_on(day) == sum(item.section == name for item in complete)
    for code, count in tally.levels.items():
        assert count.complete_on(day) == sum(code in item.levels for item in complete)
    assert tally.unplanned.complete_on(day) == sum(not item.is_planned for item in complete)
    lapsing = [one.result.good_until for one in complete if one.result.good_until]
    assert tally.total.next_lapse(day) == min(lapsing, default=None)


@given(TALLIES)
def test_a_tally_is_the_same_after_it_was_kept(tally: Tally) -> None:
    assert Tally.from_json(json.loads(json.dumps(tally.to_json()))) == tally
    assert read_tally(json.dumps(tally.to_json())) == tally


def test_an_assessment_that_was_never_counted_has_an_empty_tally() -> None:
    assert Tally.from_json({}) == read_tally("{}") == Tally()


EVIDENCE = st.lists(
    st.builds(EvidenceFacts, is_approved=st.booleans(), good_until=MAYBE_DAYS), max_size=3
)
ANSWERS = st.builds(
    AnswerFacts,
    kind=st.sampled_from(AnswerKind),
    tick=st.none() | st.booleans(),
    has_words=st.booleans(),
    says_where=st.booleans(),
    not_applicable=st.booleans(),
    has_reason=st.booleans(),
    document_date=MAYBE_DAYS,
    confirmed_on=MAYBE_DAYS,
    freshness_months=st.none() | st.sampled_from([12, 36]),
    evidence=EVIDENCE,
)


@given(ANSWERS, st.integers(0, 2), DAYS)
def test_evidence_that_expires_or_loses_its_approval_never_completes_an_answer(
    answer: AnswerFacts, at: int, day: date
) -> None:
    if at >= len(answer.evidence):
        return
    evidence = list(answer.evidence)
    for worse in (
        replace(evidence[at], is_approved=False),
        replace(evidence[at], good_until=min(day, evidence[at].good_until or day)),
    ):
        after = replace(answer, evidence=[*evidence[:at], worse, *evidence[at + 1 :]])
        for when in (day, day + timedelta(days=1)):
            if standing_of(after).complete_on(when):
                assert standing_of(answer).complete_on(when)


@given(ANSWERS, DAYS)
def test_only_what_is_confirmed_met_and_approved_is_complete(
    answer: AnswerFacts, day: date
) -> None:
    if standing_of(answer).complete_on(day):
        assert answer.confirmed_on is not None
        assert answer.is_met
        assert all(one.is_approved for one in answer.evidence)
        assert all(one.good_until is None or one.good_until >= day for one in answer.evidence)


@given(DAYS, MAYBE_DAYS, MAYBE_DAYS, st.none() | st.integers(1, 60), DAYS)
def test_an_earlier_date_never_makes_evidence_fresh_for_longer(
    approved: date, ends: date | None, review: date | None, months: int | None, sooner: date
) -> None:
    def until(**dates: date | None) -> date:
        facts = {"approved_on": approved, "period_end": ends, "review_date": review} | dates
        return evidence_good_until(**facts, freshness_months=months) or date.max  # type: ignore[arg-type]  # the day of approval is always there

    now = until()
    assert until(approved_on=min(approved, sooner)) <= now
    assert until(period_end=min(ends or sooner, sooner)) <= now
    assert until(review_date=min(review or sooner, sooner)) <= now


@given(DAYS, st.integers(0, 60))
def test_months_later_is_never_another_month_than_meant(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
