"""Saying who holds a duty: who may, what fits, what is written down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.named_people import (
    DutyDetails,
    DutyDoesNotFit,
    change_named_person,
    end_duty,
    name_person,
)
from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.states import Duty
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import EvidenceFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 3)


@pytest.fixture
def lead() -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


def details(**changes: Any) -> DutyDetails:
    known = DutyDetails(
        person=None,
        name="Pat Lowe (demo)",
        job_title="Director",
        site=None,
        how_assigned="Board meeting of 3 March 2026",
        evidence=None,
        starts=MARCH,
    )
    return replace(known, **changes)


def test_somebody_is_named_with_an_event_that_keeps_names_out_of_what_is_sealed(
    lead: User,
) -> None:
    named = name_person(Duty.SENIOR_RESPONSIBLE, details(), actor=lead)
    assert str(named) == "Pat Lowe (demo)"
    [event] = Event.objects.all()
    assert (event.verb, event.object_ref) == ("named_person.named", named.public_id)
    assert event.facts == {"duty": "senior_responsible", "site": "every"}
    assert event.detail_data["said"]["who"] == "Pat Lowe (demo)"
    assert b"Lowe" not in bytes(event.body)
    assert [row.history_user for row in named.history.all()] == [lead]


def test_a_change_tells_what_was_and_what_is_and_no_change_writes_nothing(lead: User) -> None:
    named = name_person(Duty.DSPT_LEAD, details(), actor=lead)
    change_named_person(named, details(), actor=lead)
    assert Event.objects.count() == 1
    helen = PersonFactory.create()
    change_named_person(named, details(person=helen, name="", job_title="Manager"), actor=lead)
    event = Event.objects.latest("seq")
    assert event.facts == {"fields": "job_title,name,person"}
    assert event.detail_data["changes"] == {
        "who": ["Pat Lowe (demo)", str(helen)],
        "job title": ["Director", "Manager"],
    }


def test_a_duty_ends_and_the_row_stays(lead: User) -> None:
    named = name_person(Duty.DSPT_LEAD, details(), actor=lead)
    end_duty(named, MARCH, actor=lead)
    end_duty(named, MARCH, actor=lead)
    assert NamedPerson.objects.get().ends == MARCH
    assert [event.verb for event in Event.objects.order_by("seq")] == [
        "named_person.named",
        "named_person.ended",
    ]
    with pytest.raises(DutyDoesNotFit, match="began on 3 March 2026"):
        end_duty(named, MARCH - timedelta(days=1), actor=lead)
    with pytest.raises(DutyDoesNotFit, match="ended on 3 March 2026"):
        change_named_person(named, details(starts=timezone.localdate()), actor=lead)


def test_what_does_not_go_together_is_refused(lead: User) -> None:
    site, other = SiteFactory.create(), SiteFactory.create()
    elsewhere = EvidenceFactory.create(site=other)
    refused: list[tuple[Duty, DutyDetails, str]] = [
        (Duty.DSPT_LEAD, details(name=""), "one of the two"),
        (Duty.DSPT_LEAD, details(person=lead), "one of the two"),
        (Duty.REGISTERED_MANAGER, details(), "registered for a site"),
        (Duty.DSPT_LEAD, details(site=site, evidence=elsewhere), "belongs to another site"),
    ]
    for duty, given, why in refused:
        with pytest.raises(DutyDoesNotFit, match=why):
            name_person(duty, given, actor=lead)
    manager = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=site)
    with pytest.raises(DutyDoesNotFit, match="sites that you work with"):
        name_person(Duty.REGISTERED_MANAGER, details(site=site, evidence=elsewhere), actor=manager)
    assert not NamedPerson.objects.exists()


def test_a_manager_names_people_of_their_own_site_and_of_no_other() -> None:
    site, other = SiteFactory.create(), SiteFactory.create()
    manager = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=site)
    named = name_person(Duty.REGISTERED_MANAGER, details(site=site), actor=manager)
    tries: list[Callable[[], Any]] = [
        lambda: name_person(Duty.DSPT_LEAD, details(), actor=manager),
        lambda: name_person(Duty.IT_ADMINISTRATOR, details(site=other), actor=manager),
        lambda: change_named_person(named, details(site=other), actor=manager),
    ]
    for attempt in tries:
        with pytest.raises(NotPermitted):
            attempt()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.STAFF, Role.GROUP_MANAGER])
def test_others_name_nobody(role: Role, lead: User) -> None:
    somebody = PersonFactory.create(role=role)
    named = name_person(Duty.DSPT_LEAD, details(), actor=lead)
    tries: list[Callable[[], Any]] = [
        lambda: name_person(Duty.DSPT_LEAD, details(), actor=somebody),
        lambda: change_named_person(named, details(job_title="Owner"), actor=somebody),
        lambda: end_duty(named, MARCH, actor=somebody),
    ]
    for attempt in tries:
        with pytest.raises(NotPermitted):
            attempt()
    assert Event.objects.count() == 1


def test_a_portal_administrator_names_people_wherever_they_are() -> None:
    administrator = PersonFactory.create(role=Role.PORTAL_ADMIN)
    name_person(Duty.DSPT_LEAD, details(), actor=administrator)
    name_person(Duty.REGISTERED_MANAGER, details(site=SiteFactory.create()), actor=administrator)
    assert NamedPerson.objects.count() == 2
