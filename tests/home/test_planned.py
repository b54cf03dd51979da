"""What the assessment asks of a person, on their start page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence_review.assessments.models import Coverage, ImprovementAction
from home.greeting import in_short
from home.planned import own_actions, sites_to_confirm
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    AssessmentFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
    site_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return PersonFactory(role=Role.REGISTERED_MANAGER, site=SiteFactory())


def cover(manager: User) -> Coverage:
    RequirementFactory(levels=["met"], edition__in_use=True)
    assessment = AssessmentFactory(site=None)
    answered(assessment.responses.get())
    return Coverage.objects.create(assessment=assessment, site=site_of(manager))


def plan(owner: User, *, days: int) -> ImprovementAction:
    RequirementFactory(levels=["met"])
    assessment = AssessmentFactory(site=site_of(owner))
    return ImprovementAction.objects.create(
        assessment=assessment,
        requirement=assessment.responses.all()[0].requirement,
        what="Write down who holds the keys.",
        owner=owner,
        due=timezone.localdate() + timedelta(days=days),
        created_by=owner,
    )


def test_a_manager_is_led_to_head_offices_answers(manager: User, client: Client) -> None:
    coverage = cover(manager)
    client.force_login(manager)
    page = client.get("/").content.decode()
    assert f"Head office’s answers for {coverage.site}: 1 to confirm." in page
    assert (
        reverse(
            "assessments:confirm", args=[coverage.assessment.public_id, coverage.site.public_id]
        )
        in page
    )
    assert "look at head office&#x27;s answers for one site" in page


def test_other_people_of_the_site_are_not_asked(manager: User) -> None:
    cover(manager)
    for role in set(Role) - {Role.REGISTERED_MANAGER}:
        assert sites_to_confirm(PersonFactory(role=role, site=site_of(manager))) == []
    assert sites_to_confirm(PersonFactory(role=Role.REGISTERED_MANAGER, site=SiteFactory())) == []


def test_an_edition_no_longer_in_use_asks_nothing(manager: User) -> None:
    coverage = cover(manager)
    edition = coverage.assessment.edition
    edition.in_use = False
    edition.save()
    assert sites_to_confirm(manager) == []


def test_an_overdue_action_is_on_its_owners_page(manager: User, client: Client) -> None:
    plan(manager, days=-2)
    client.force_login(manager)
    page = client.get("/").content.decode()
    assert "Write down who holds the keys." in page
    assert "Overdue" in page
    assert "see to one action" in page


def test_what_has_ended_or_is_anothers_is_not_shown(manager: User) -> None:
    action = plan(manager, days=3)
    assert [one.action for one in own_actions(manager, 5)] == [action]
    assert own_actions(PersonFactory(role=Role.IG_LEAD), 5) == []
    ImprovementAction.objects.update(state="done", outcome="Done.", finished_at=timezone.now())
    assert own_actions(manager, 5) == []


def test_head_offices_answers_come_before_questions_in_the_short_words() -> None:
    said = in_short(put_right=0, to_check=0, to_confirm=1, to_answer=2)
    assert said == "You have 3 things to do. Start with head office's answers."
