"""Each day's standing is kept once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.count_the_day import count_the_day
from evidence_review.assessments.models import DailyStanding
from evidence_review.assessments.tasks import count_today
from portal.record.actors import SCHEDULER
from portal.record.models import Event
from tests.evidence_review.assessments.readiness.making import edition, site_with

pytestmark = pytest.mark.django_db


def test_the_standing_of_every_assessment_is_kept_with_one_event() -> None:
    edition()
    ready, begun = site_with(["9.1", "9.2"]), site_with(["9.1"])

    assert count_the_day(actor=SCHEDULER) == 2

    kept = DailyStanding.objects.get(assessment=ready)
    assert (kept.day, kept.needed, kept.complete, kept.in_progress) == (
        timezone.localdate(), 2, 2, 0,
    )  # fmt: skip
    assert (kept.level, kept.level_on_deadline) == ("met", "met")
    assert DailyStanding.objects.get(assessment=begun).level == ""
    event = Event.objects.get()
    assert (event.verb, event.actor_ref) == ("assessments.counted", "system:scheduler")
    assert event.object_ref == timezone.localdate().isoformat()


def test_counting_twice_keeps_it_once_and_adds_what_was_started_since() -> None:
    edition()
    site_with()
    assert count_today() == 1
    assert count_today() == 0
    site_with()
    assert count_today() == 1
    assert DailyStanding.objects.count() == Event.objects.count() == 2


def test_what_lapses_before_the_deadline_is_left_out_of_its_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition()
    lapsing = site_with(["9.1", "9.2"], lapses_in=10)
    a_month_on = timezone.localdate() + timedelta(days=30)
    monkeypatch.setattr(
        "evidence_review.assessments.actions.count_the_day.deadline", lambda today: a_month_on
    )
    count_today()

    kept = DailyStanding.objects.get(assessment=lapsing)
    assert (kept.complete, kept.complete_on_deadline) == (2, 0)
    assert (kept.level, kept.level_on_deadline) == ("met", "")


def test_editions_that_are_not_in_use_are_not_counted() -> None:
    made = edition()
    site_with()
    made.in_use = False
    made.save()
    assert count_today() == 0
    assert not Event.objects.exists()


def test_the_next_day_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    edition()
    site_with()
    count_today()
    tomorrow: date = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert count_today() == 1
