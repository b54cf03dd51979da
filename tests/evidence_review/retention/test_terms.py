"""How long is how long: months, ends of months, leap days, midnight in London."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_review.retention.terms import (
    Basis,
    Term,
    after_months,
    in_years,
    latest_start,
    midnight_after,
)

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
MONTHS = st.integers(1, 1200)


@pytest.mark.parametrize(
    ("start", "months", "kept_until"),
    [
        (date(2024, 2, 29), 72, date(2030, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 22), 72, date(2032, 11, 22)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(9990, 1, 1), 240, date.max),
    ],
)
def test_a_period_ends_on_the_day_that_answers_to_its_first(
    start: date, months: int, kept_until: date
) -> None:
    assert after_months(start, months) == kept_until


def test_a_file_may_go_only_after_the_midnight_that_ends_the_last_day() -> None:
    term = Term(months=72, basis=Basis.UPLOADED, counted_from=date(2024, 2, 29), was_approved=True)
    assert not term.is_over(date(2030, 2, 28))
    assert term.is_over(date(2030, 3, 1))


@pytest.mark.parametrize(
    ("last_day", "in_utc"),
    [
        (date(2026, 11, 22), datetime(2026, 11, 23, 0, tzinfo=ZoneInfo("UTC"))),
        (date(2026, 6, 30), datetime(2026, 6, 30, 23, tzinfo=ZoneInfo("UTC"))),
        (date(2026, 3, 28), datetime(2026, 3, 29, 0, tzinfo=ZoneInfo("UTC"))),
    ],
)
def test_midnight_is_that_of_london(last_day: date, in_utc: datetime) -> None:
    assert midnight_after(last_day) == in_utc


@given(today=DAYS, months=MONTHS)
@settings(max_examples=30, deadline=None)
def test_the_latest_start_is_exactly_the_last_day_whose_period_is_over(
    today: date, months: int
) -> None:
    start = latest_start(today, months)
    assert after_months(start, months) < today
    assert after_months(start + timedelta(days=1), months) >= today


@given(start=DAYS, months=MONTHS)
@settings(max_examples=30, deadline=None)
def test_a_period_is_never_shorter_than_its_months_and_grows_with_its_start(
    start: date, months: int
) -> None:
    end = after_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
    assert after_months(start + timedelta(days=1), months) >= end


@pytest.mark.parametrize(
    ("months", "words"),
    [(72, "6 years"), (12, "1 year"), (1, "1 month"), (18, "1 year and 6 months")],
)
def test_periods_in_words(months: int, words: str) -> None:
    assert in_years(months) == words
