"""Carrying over on the screen: what it would do, what it did, and confirming by the dozen."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.actions.roll_over import roll_over
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.states import Standing
from portal.frameworks.models import Edition
from portal.people.roles import Role
from tests.evidence_review.assessments.made_up import editions
from tests.factories import AssessmentFactory, EvidenceFactory, PersonFactory, answered
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Assessment:
    assessment: Assessment = AssessmentFactory.create(edition=editions()[0])
    for ref, text in (("1.1", ""), ("1.2", "Four policies."), ("1.6", "In the cellar.")):
        response = assessment.responses.get(requirement__ref=ref)
        answered(response, text=text, evidence=[EvidenceFactory.create(site=assessment.site)])
    return assessment


@pytest.fixture
def manager(client: Client, old: Assessment) -> Client:
    client.force_login(PersonFactory.create(role=Role.REGISTERED_MANAGER, site=old.site))
    return client


def carried_over(old: Assessment) -> Assessment:
    second = Edition.objects.get(code="made-up-2")
    return roll_over(old, second, actor=PersonFactory.create(role=Role.IG_LEAD))


def test_the_page_says_what_would_happen(manager: Client, old: Assessment) -> None:
    text = manager.get(f"/assessment/{old.public_id}/roll-over/").text
    assert "Carry over to Made-up edition 2" in text
    assert "None is complete until somebody confirms it" in text


def test_pressing_it_leads_to_the_review(manager: Client, old: Assessment) -> None:
    answer = manager.post(f"/assessment/{old.public_id}/roll-over/", {"edition": "made-up-2"})
    made = Assessment.objects.get(carried_from=old)
    assert answer["Location"] == f"/assessment/{made.public_id}/carried/"
    assert (
        "See what was carried over" in manager.get(f"/assessment/{old.public_id}/roll-over/").text
    )


def test_a_second_press_is_a_409(manager: Client, old: Assessment) -> None:
    carried_over(old)
    answer = manager.post(f"/assessment/{old.public_id}/roll-over/", {"edition": "made-up-2"})
    assert answer.status_code == 409
    assert "already started" in answer.text


@pytest.mark.parametrize("edition", ["", "made-up-1", "made-up-3", "nowhere"])
def test_an_edition_without_a_way_is_refused(
    manager: Client, old: Assessment, edition: str
) -> None:
    answer = manager.post(f"/assessment/{old.public_id}/roll-over/", {"edition": edition})
    assert answer.status_code == 400
    assert Assessment.objects.count() == 1


def test_without_a_newer_edition_the_page_says_so(client: Client) -> None:
    assessment = AssessmentFactory.create()
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    text = client.get(f"/assessment/{assessment.public_id}/roll-over/").text
    assert "No newer edition is in the catalogue yet" in text


def test_the_review_shows_old_and_new_wording_and_what_is_not_asked_any_more(
    manager: Client, old: Assessment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = carried_over(old)

    with django_assert_num_queries(15):
        text = manager.get(f"/assessment/{new.public_id}/carried/").text

    assert "Which policies do you have?" in text
    assert "Which policies do you have, and who approved them?" in text
    assert "0 of 6 questions are answered and confirmed." in text
    assert "In the cellar." in text
    assert (
        text.index("New questions") < text.index("Changed wording") < text.index("please confirm")
    )


def test_ticked_answers_are_confirmed_at_once(manager: Client, old: Assessment) -> None:
    new = carried_over(old)
    response = new.responses.get(requirement__ref="2.1")

    answer = manager.post(
        f"/assessment/{new.public_id}/carried/", {"read": f"{response.public_id}:0"}
    )

    response.refresh_from_db()
    assert answer.status_code == 302
    assert response.confirmed_at
    assert response.standing == Standing.IN_PROGRESS, "its evidence is not approved"
    assert "1 of 6 questions" in manager.get(f"/assessment/{new.public_id}/carried/").text


@pytest.mark.parametrize("read", [[], ["x"], [":1"], ["a:b"], ["a:-1"], ["a:" + "9" * 30]])
def test_what_is_no_tick_of_ours_is_told(manager: Client, old: Assessment, read: list[str]) -> None:
    new = carried_over(old)
    answer = manager.post(f"/assessment/{new.public_id}/carried/", {"read": read})
    assert answer.status_code == 400
    assert "There is a problem" in answer.text


def test_an_answer_changed_meanwhile_is_a_409(manager: Client, old: Assessment) -> None:
    new = carried_over(old)
    response = new.responses.get(requirement__ref="2.1")
    answered(response, confirmed=False, tick=False)
    answer = manager.post(
        f"/assessment/{new.public_id}/carried/", {"read": f"{response.public_id}:0"}
    )
    assert answer.status_code == 409
    assert "none was confirmed" in answer.text


def test_who_only_reads_sees_the_review_and_confirms_nothing(
    client: Client, old: Assessment
) -> None:
    new = carried_over(old)
    response = new.responses.get(requirement__ref="2.1")
    client.force_login(PersonFactory.create(role=Role.GROUP_MANAGER))
    page = f"/assessment/{new.public_id}/carried/"
    assert "they still hold" not in client.get(page).text
    assert client.post(page, {"read": f"{response.public_id}:0"}).status_code == 403


def test_an_assessment_that_was_started_afresh_has_no_review(
    manager: Client, old: Assessment
) -> None:
    assert manager.get(f"/assessment/{old.public_id}/carried/").status_code == 404


def test_who_runs_everything_carries_every_site_over_and_sees_how_far_it_is(
    client: Client, old: Assessment, run_jobs: RunJobs
) -> None:
    AssessmentFactory.create(edition=old.edition)
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    page = f"/assessment/{old.public_id}/roll-over/"
    assert "Carried over: 0. Not yet: 2." in client.get(page).text

    told = client.post(page + "sites/", {"edition": "made-up-2"}, follow=True).text
    run_jobs()

    assert "2 assessments are being carried over." in told
    assert "Carried over: 2. Not yet: 0." in client.get(page).text


def test_an_unknown_edition_carries_no_site_over(client: Client, old: Assessment) -> None:
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    page = f"/assessment/{old.public_id}/roll-over/sites/"
    assert "Choose an edition" in client.post(page, {"edition": "x"}, follow=True).text


def test_who_runs_one_site_is_not_offered_the_others(manager: Client, old: Assessment) -> None:
    AssessmentFactory.create(edition=old.edition)
    page = f"/assessment/{old.public_id}/roll-over/"
    assert "Not yet:" not in manager.get(page).text
    assert manager.post(page + "sites/", {"edition": "made-up-2"}).status_code == 403
