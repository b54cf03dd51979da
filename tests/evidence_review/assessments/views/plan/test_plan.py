"""The pages of the improvement plan."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.actions.plan_actions import Plan, plan_action
from evidence_review.assessments.models import Assessment, ImprovementAction, SiteAnswer
from evidence_review.assessments.states import ActionState, Holds
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db
LEVELS = [
    {
        "code": "approaching",
        "name": "Approaching Standards",
        "once_only": True,
        "action_plan": True,
    },
    {"code": "met", "name": "Standards Met"},
]


@pytest.fixture
def assessment() -> Assessment:
    """One site's assessment with three needed questions, the first of them complete."""
    requirements = RequirementFactory.create_batch(3, levels=["approaching", "met"])
    edition = requirements[0].edition
    edition.levels = LEVELS
    edition.save()
    assessment = AssessmentFactory(edition=edition)
    answered(assessment.responses.all()[0])
    return assessment


@pytest.fixture
def person(assessment: Assessment) -> User:
    return PersonFactory(role=Role.CONTRIBUTOR, site=assessment.site)


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def planned(assessment: Assessment, owner: User, *, days: int = 30, at: int = 1) -> Any:
    plan = Plan(
        requirement=assessment.responses.all()[at].requirement,
        what=f"Write down who holds the keys within {days} days.",
        owner=owner,
        due=timezone.localdate() + timedelta(days=days),
    )
    return plan_action(assessment, plan, actor=owner)


def address(assessment: Assessment, name: str = "plan", *more: str) -> str:
    return reverse(f"assessments:{name}", args=[assessment.public_id, *more])


def of(action: ImprovementAction, name: str = "action") -> str:
    return address(action.assessment, name, action.public_id)


def test_the_plan_names_what_approaching_still_needs(
    assessment: Assessment, signed_in: Client
) -> None:
    page = signed_in.get(address(assessment)).content.decode()
    first, second, third = assessment.responses.select_related("requirement")
    assert "For Approaching Standards you need an action" in page
    assert "Draft all 2 actions" in page
    assert second.requirement.title in page
    assert third.requirement.title in page
    assert first.requirement.title not in page


def test_an_action_is_planned_from_a_question(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    requirement = assessment.responses.all()[1].requirement
    where = f"{address(assessment, 'plan_add')}?requirement={requirement.ref}"
    assert requirement.question_plain in signed_in.get(where).content.decode()
    sent = {
        "what": "Write it down.",
        "owner": person.public_id,
        "due_day": "31",
        "due_month": "3",
        "due_year": "2027",
    }
    page = signed_in.post(where, sent, follow=True).content.decode()
    assert "Write it down." in page
    assert ImprovementAction.objects.get().due == date(2027, 3, 31)


def test_an_incomplete_action_says_everything_that_is_missing(
    assessment: Assessment, signed_in: Client
) -> None:
    requirement = assessment.responses.all()[1].requirement
    where = f"{address(assessment, 'plan_add')}?requirement={requirement.ref}"
    answer = signed_in.post(where, {})
    page = answer.content.decode()
    assert answer.status_code == 400
    for words in ("Say what will be done", "Choose who sees to it", "Enter the day"):
        assert words in page


def test_an_unknown_question_has_no_page(assessment: Assessment, signed_in: Client) -> None:
    for query in ("", "?requirement=99.99", "?requirement=%00"):
        assert signed_in.get(f"{address(assessment, 'plan_add')}{query}").status_code == 404


def test_a_difference_at_a_site_is_proposed_as_an_action(client: Client) -> None:
    requirement = RequirementFactory(levels=["met"])
    head_office = AssessmentFactory(site=None)
    row = head_office.coverage.create(site=SiteFactory(name="Larch (demo)"))
    difference = SiteAnswer.objects.create(
        coverage=row,
        response=head_office.responses.get(),
        holds=Holds.DIFFERENT,
        difference="The back door\nhas no lock.",
        revision=0,
        said_by=PersonFactory(),
    )
    client.force_login(PersonFactory(role=Role.IG_LEAD))
    where = f"{address(head_office, 'plan_add')}?requirement={requirement.ref}&difference="
    page = client.get(f"{where}{difference.pk}").content.decode()
    assert "Put right at Larch (demo): The back door has no lock." in page
    for nonsense in ("x", "9" * 40, "-1"):
        assert client.get(f"{where}{nonsense}").status_code == 200


def test_a_draft_is_planned_with_one_owner_and_day_for_all(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    where = address(assessment, "plan_draft")
    assert "Put this in place" in signed_in.get(where).content.decode()
    _, second, third = assessment.responses.all()
    sent = {
        "all-owner": person.public_id,
        "all-due_day": "31",
        "all-due_month": "3",
        "all-due_year": "2027",
        f"q{second.requirement_id}-wanted": "on",
        f"q{second.requirement_id}-what": "One thing.",
        f"q{third.requirement_id}-wanted": "on",
        f"q{third.requirement_id}-what": "Another thing.",
        f"q{third.requirement_id}-due": "2027-05-01",
    }
    page = signed_in.post(where, sent, follow=True).content.decode()
    assert "Planned: 2 actions." in page
    assert "Everything a level needs is complete or has an action." in page
    assert set(ImprovementAction.objects.values_list("what", "due", "owner")) == {
        ("One thing.", date(2027, 3, 31), person.pk),
        ("Another thing.", date(2027, 5, 1), person.pk),
    }


def test_a_draft_with_one_bad_row_plans_nothing_and_names_the_row(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    _, second, third = assessment.responses.select_related("requirement")
    sent = {
        "all-owner": person.public_id,
        f"q{second.requirement_id}-wanted": "on",
        f"q{second.requirement_id}-what": "One thing.",
        f"q{second.requirement_id}-due": "2027-05-01",
        f"q{third.requirement_id}-wanted": "on",
        f"q{third.requirement_id}-what": "",
        f"q{third.requirement_id}-due": "31 June",
    }
    answer = signed_in.post(address(assessment, "plan_draft"), sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f"Say what will be done for {third.requirement.ref}" in page
    assert "The day must be a real date" in page
    assert "One thing." in page
    assert not ImprovementAction.objects.exists()


def test_what_every_row_of_a_draft_lacks_is_asked_for_once(
    assessment: Assessment, signed_in: Client
) -> None:
    _, second, third = assessment.responses.all()
    sent: dict[str, str] = {}
    for response in (second, third):
        sent[f"q{response.requirement_id}-wanted"] = "on"
        sent[f"q{response.requirement_id}-what"] = "One thing."
    answer = signed_in.post(address(assessment, "plan_draft"), sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose who sees to it, here or in every row" in page
    assert "Enter the day, here or in every row" in page
    assert "Choose who sees to 9." not in page
    assert not ImprovementAction.objects.exists()


def test_a_draft_with_nothing_ticked_says_so(assessment: Assessment, signed_in: Client) -> None:
    answer = signed_in.post(address(assessment, "plan_draft"), {})
    assert answer.status_code == 400
    assert "Choose at least one action to plan." in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {30, -3}),
        ("?state=overdue", {-3}),
        ("?state=done", {7}),
        ("?state=all", {30, -3, 7}),
        ("?state=nonsense&owner=nobody", {30, -3}),
    ],
)
def test_the_list_is_narrowed_by_state(
    assessment: Assessment, person: User, signed_in: Client, query: str, shown: set[int]
) -> None:
    for days in (30, -3, 7):
        planned(assessment, person, days=days)
    signed_in.post(
        of(ImprovementAction.objects.get(what__contains=" 7 days"), "action_finish"),
        {"outcome": "Done."},
    )
    for name in ("plan", "plan_print"):
        page = signed_in.get(address(assessment, name) + query).content.decode()
        assert {days for days in (30, -3, 7) if f"within {days} days" in page} == shown


def test_the_list_is_narrowed_by_owner(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    colleague = PersonFactory(role=Role.CONTRIBUTOR, site=assessment.site)
    planned(assessment, person, days=30)
    planned(assessment, colleague, days=40)
    query = f"?owner={colleague.public_id}"
    page = signed_in.get(address(assessment) + query).content.decode()
    assert "within 40 days" in page
    assert "within 30 days" not in page


def test_an_action_is_started_finished_and_taken_up_again(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    action = planned(assessment, person)
    evidence = EvidenceFactory(site=assessment.site, requirements=[action.requirement])
    assert "In progress" in signed_in.post(of(action, "action_start"), follow=True).content.decode()
    assert evidence.title in signed_in.get(of(action, "action_finish")).content.decode()
    sent = {"outcome": "The list hangs in the office.", "evidence": evidence.public_id}
    signed_in.post(of(action, "action_finish"), sent)
    page = signed_in.get(of(action)).content.decode()
    assert "The list hangs in the office." in page
    assert evidence.title in page
    signed_in.post(of(action, "action_reopen"))
    action.refresh_from_db()
    assert action.state == ActionState.OPEN


def test_dropping_asks_for_the_reason(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    action = planned(assessment, person)
    refused = signed_in.post(of(action, "action_drop"), {"reason": " "})
    assert refused.status_code == 400
    assert "Say why it is no longer needed" in refused.content.decode()
    signed_in.post(of(action, "action_drop"), {"reason": "We sold the building."})
    action.refresh_from_db()
    assert (action.state, action.outcome) == (ActionState.DROPPED, "We sold the building.")


def test_finishing_what_is_done_is_told_in_words(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    action = planned(assessment, person)
    for expected in (302, 409):
        answer = signed_in.post(of(action, "action_finish"), {"outcome": "Done."})
        assert answer.status_code == expected
    page = signed_in.post(of(action, "action_start"), follow=True).content.decode()
    assert "This action is now “Done”" in page


def test_words_and_day_are_changed(assessment: Assessment, person: User, signed_in: Client) -> None:
    action = planned(assessment, person)
    page = signed_in.get(of(action, "action_change")).content.decode()
    assert action.what in page
    sent = {
        "what": "Something else.",
        "owner": person.public_id,
        "due_day": "1",
        "due_month": "6",
        "due_year": "2027",
    }
    signed_in.post(of(action, "action_change"), sent)
    action.refresh_from_db()
    assert (action.what, action.due) == ("Something else.", date(2027, 6, 1))


def test_the_plan_can_be_taken_away_without_formulas(
    assessment: Assessment, person: User, signed_in: Client
) -> None:
    action = planned(assessment, person)
    ImprovementAction.objects.filter(pk=action.pk).update(what="=1+1")
    csv = b"".join(signed_in.get(address(assessment, "plan_file", "csv")))
    assert b"'=1+1" in csv
    xlsx = b"".join(signed_in.get(address(assessment, "plan_file", "xlsx")))
    rows = list(load_workbook(BytesIO(xlsx)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][2] == "=1+1"
    assert rows[1][3] == person.actor_label
    assert signed_in.get(address(assessment, "plan_file", "pdf")).status_code == 404


def test_people_of_other_sites_find_nothing(assessment: Assessment, person: User) -> None:
    action = planned(assessment, person)
    client = Client()
    client.force_login(PersonFactory(role=Role.CONTRIBUTOR, site=SiteFactory()))
    for where in (address(assessment), of(action), of(action, "action_finish")):
        assert client.get(where).status_code == 404


def test_a_reader_sees_the_plan_and_plans_nothing(assessment: Assessment, person: User) -> None:
    action = planned(assessment, person)
    client = Client()
    client.force_login(PersonFactory(role=Role.GROUP_MANAGER))
    page = client.get(of(action)).content.decode()
    assert "Ask your IG lead" in page
    assert "It is done" not in page
    for name in ("action_change", "action_finish", "action_drop"):
        assert client.get(of(action, name)).status_code == 403


def test_forty_actions_cost_the_questions_of_four(
    assessment: Assessment,
    person: User,
    signed_in: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for days in range(4):
        planned(assessment, person, days=days)
    signed_in.get(address(assessment))
    with django_assert_num_queries(9):
        signed_in.get(address(assessment))
    for days in range(4, 40):
        planned(assessment, person, days=days)
    with django_assert_num_queries(9):
        page = signed_in.get(address(assessment)).content.decode()
    assert "page=2" in page
