"""Who holds a duty, as starter policies name them."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.policy_facts import named_people
from evidence_review.assessments.states import Duty
from portal.policy_library.facts import FACTS, known_facts
from tests.factories import SiteFactory

pytestmark = pytest.mark.django_db


def name(duty: Duty, who: str, **fields: Any) -> NamedPerson:
    values = {"starts": timezone.localdate() - timedelta(days=9), "job_title": "Director"}
    return NamedPerson.objects.create(
        duty=duty, name=who, how_assigned="Minutes (demo)", **(values | fields)
    )


def test_those_who_hold_a_duty_today_are_named_with_their_job_title() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    name(Duty.SENIOR_RESPONSIBLE, "Long Gone (demo)", ends=yesterday)
    name(Duty.SENIOR_RESPONSIBLE, "Olive Ray (demo)")
    name(Duty.IT_ADMINISTRATOR, "Bits Ltd (demo)", job_title="IT supplier")
    assert named_people() == {
        "senior_responsible": "Olive Ray (demo), Director",
        "it_support": "Bits Ltd (demo), IT supplier",
    }


def test_whoever_holds_it_for_the_whole_organisation_goes_first() -> None:
    long_ago = timezone.localdate() - timedelta(days=900)
    name(Duty.CALDICOTT_GUARDIAN, "Of a site (demo)", site=SiteFactory(), starts=long_ago)
    assert named_people()["caldicott_guardian"] == "Of a site (demo), Director"
    name(Duty.CALDICOTT_GUARDIAN, "Of all (demo)")
    assert named_people()["caldicott_guardian"] == "Of all (demo), Director"


def test_the_library_asks_here() -> None:
    assert [f"{named_people.__module__}.named_people"] == settings.POLICY_FACTS
    name(Duty.CALDICOTT_GUARDIAN, "Cal Dee (demo)")
    assert known_facts()["caldicott_guardian"] == "Cal Dee (demo), Director"
    assert set(known_facts()) <= set(FACTS)
