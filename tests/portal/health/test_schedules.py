"""The recurring jobs in the worker's schedule."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from portal.health.schedules import plan_jobs
from portal.jobs import enqueue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(configured.SCHEDULES))
def test_each_planned_job_exists(name: str) -> None:
    wanted = configured.SCHEDULES[name]
    assert callable(import_string(str(wanted["func"])))
    assert ("minutes" in wanted) != ("cron" in wanted)


def test_planning_twice_changes_nothing_the_second_time(settings) -> None:
    assert sorted(plan_jobs()) == sorted(settings.SCHEDULES)
    later = timezone.now() + timedelta(hours=3)
    Schedule.objects.update(next_run=later)
    assert plan_jobs() == []
    assert set(Schedule.objects.values_list("next_run", flat=True)) == {later}


def test_changed_and_dropped_jobs_and_doubles_are_put_right(settings) -> None:
    plan_jobs()
    Schedule.objects.filter(name="sweep").update(minutes=99)
    Schedule.objects.create(name="sweep", func="somewhere.else", schedule_type=Schedule.MINUTES)
    Schedule.objects.create(name="forgotten", func="a.b", schedule_type=Schedule.DAILY)
    assert set(plan_jobs()) == {"sweep", "forgotten"}
    assert sorted(Schedule.objects.values_list("name", flat=True)) == sorted(settings.SCHEDULES)
    assert Schedule.objects.get(name="sweep").minutes == settings.SCHEDULES["sweep"]["minutes"]


def test_jobs_planned_once_are_left_alone() -> None:
    enqueue("evidence_review.scanning.tasks.sweep", at=timezone.now() + timedelta(hours=1))
    plan_jobs()
    assert Schedule.objects.filter(schedule_type=Schedule.ONCE).count() == 1


def test_the_command_says_what_it_planned(capsys, settings) -> None:
    call_command("plan_jobs")
    assert "sweep" in capsys.readouterr().out
    call_command("plan_jobs")
    assert capsys.readouterr().out == "All jobs are planned.\n"
