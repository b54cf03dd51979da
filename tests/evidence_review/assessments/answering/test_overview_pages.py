"""The list of assessments, one assessment, and one of its sections."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.states import Standing
from portal.frameworks.states import AnswerKind
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.answering.house import House
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db
INDEX = "/assessment/"


def read(person: User, address: str, **query: str) -> str:
    client = Client()
    client.force_login(person)
    return str(client.get(address, query).content.decode())


def section_url(house: House, number: int = 1) -> str:
    return reverse("assessments:section", args=(house.assessment.public_id, number))


# --- Which assessments -------------------------------------------------------------------------


def test_whoever_has_one_assessment_goes_straight_there(house: House) -> None:
    answer = house.browser.get(INDEX)
    assert answer["Location"] == f"/assessment/{house.assessment.public_id}/"


def test_whoever_has_several_chooses_and_sees_no_others(house: House) -> None:
    edition = house.assessment.edition
    AssessmentFactory(edition=edition, site=None)
    AssessmentFactory(edition=edition, site=SiteFactory(name="Larch"))
    page = read(house.priya, INDEX)
    assert "Head office" in page
    assert "Rowan House (demo)" in page
    assert "Larch" not in page


def test_assessments_are_found_by_the_name_of_the_site(house: House) -> None:
    AssessmentFactory(edition=house.assessment.edition, site=SiteFactory(name="Larch"))
    lead = PersonFactory(role=Role.IG_LEAD)
    assert "Rowan House" not in read(lead, INDEX, q="larch\x00")
    assert "No site with an assessment has these words" in read(lead, INDEX, q="nowhere")


def test_with_none_yet_a_manager_may_start_one_and_a_contributor_is_told_whom_to_ask() -> None:
    site = SiteFactory()
    contributor = PersonFactory(role=Role.CONTRIBUTOR, site=site)
    manager = PersonFactory(role=Role.REGISTERED_MANAGER, site=site)
    assert "Ask your IG lead" in read(contributor, INDEX)
    assert reverse("assessments:start") in read(manager, INDEX)


def test_a_manager_starts_one_for_their_site_and_for_no_other() -> None:
    edition = EditionFactory(in_use=True, sections=[{"name": "Staffing and roles"}])
    RequirementFactory(edition=edition)
    mine, other = SiteFactory(name="Mine"), SiteFactory(name="Other")
    manager = PersonFactory(role=Role.REGISTERED_MANAGER, site=mine)
    client = Client()
    client.force_login(manager)
    address = reverse("assessments:start")
    form = {"edition": edition.code, "owner": mine.public_id}
    for owner in (other.public_id, "head-office", "\x00"):
        assert client.post(address, form | {"owner": owner}).status_code == 400
    made = client.post(address, form)
    assessment = Assessment.objects.get()
    assert made["Location"] == f"/assessment/{assessment.public_id}/"
    assert assessment.site == mine
    again = client.post(address, form)
    assert again.status_code == 400
    assert "is already started for Mine" in again.content.decode()


def test_an_edition_that_is_answered_by_claims_alone_cannot_be_started() -> None:
    claims = EditionFactory(code="claims", name="Statements of claims", in_use=True)
    RequirementFactory(edition=claims, answer_kind=AnswerKind.CLAIM)
    page = read(PersonFactory(role=Role.IG_LEAD), reverse("assessments:start"))
    assert "Statements of claims" not in page


# --- One assessment ----------------------------------------------------------------------------


def test_the_sections_count_what_is_needed_in_the_order_of_the_edition(house: House) -> None:
    answered(house.response("1.2"), by=house.priya)
    answered(house.response("1.1"), by=house.priya, confirmed=False)
    answered(house.response("2.2"), by=house.priya)
    page = read(house.priya, f"/assessment/{house.assessment.public_id}/")
    assert page.index("Staffing and roles") < page.index("Data security")
    assert "1 of 3 questions complete." in page
    assert "0 of 1 question complete." in page
    assert "You have not reached a level yet." in page


def test_what_will_lapse_is_counted_apart(house: House) -> None:
    answered(house.response("1.2"), by=house.priya)
    soon = timezone.localdate()
    Response.objects.filter(requirement__ref="1.2").update(good_until=soon)
    page = read(house.priya, section_url(house))
    assert "Will lapse" in page
    assert "It lapses on" in page


# --- One section -------------------------------------------------------------------------------


def refs(page: str) -> list[str]:
    return [ref for ref in ("1.1", "1.2", "1.3", "2.1", "2.2") if f"{ref} Requirement" in page]


def test_a_section_shows_its_questions_and_narrows_them(house: House) -> None:
    today = timezone.localdate()
    answered(house.response("1.1"), by=house.priya)
    answered(house.response("1.2"), by=house.priya)
    answered(house.response("1.3"), by=house.priya)
    Response.objects.filter(requirement__ref="1.2").update(good_until=today)
    Response.objects.filter(requirement__ref="1.3").update(good_until=today - timedelta(days=1))
    address = section_url(house)
    shown = {
        standing: refs(read(house.priya, address, standing=standing))
        for standing in ("", *Standing.values, "will_lapse", "nonsense")
    }
    assert shown == {
        "": ["1.1", "1.2", "1.3"],
        "complete": ["1.1"],
        "will_lapse": ["1.2"],
        "in_progress": ["1.3"],
        "not_started": [],
        "nonsense": ["1.1", "1.2", "1.3"],
    }


def test_a_section_shows_what_is_mine(house: House) -> None:
    response = house.response("1.3")
    response.assigned_to, response.due = house.priya, timezone.localdate() - timedelta(days=1)
    response.save()
    page = read(house.priya, section_url(house), mine="1")
    assert refs(page) == ["1.3"]
    assert "(late)" in page


@pytest.mark.parametrize("number", [0, 3, 999999999999])
def test_there_are_no_other_sections(house: House, number: int) -> None:
    address = f"/assessment/{house.assessment.public_id}/section/{number}/"
    assert house.browser.get(address).status_code == 404


@pytest.mark.parametrize("ref", ["9.9", "1.1%00", "plan%0A", "x" * 30])
def test_there_are_no_other_questions(house: House, ref: str) -> None:
    address = f"/assessment/{house.assessment.public_id}/{ref}/"
    assert house.browser.get(address).status_code == 404


def test_a_section_costs_the_same_however_many_sites_there_are(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = section_url(house)
    house.browser.get(address)
    with django_assert_max_num_queries(7) as little:
        house.browser.get(address)
    for _ in range(5):
        AssessmentFactory(edition=house.assessment.edition, site=SiteFactory())
    for response in house.assessment.responses.all():
        response.assigned_to = PersonFactory()
        response.save()
        answered(response, by=house.priya)
    with django_assert_max_num_queries(7) as much:
        house.browser.get(address)
    assert len(much) == len(little)


def test_the_list_costs_the_same_however_many_sites_there_are(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition, client = house.assessment.edition, Client()
    client.force_login(PersonFactory(role=Role.IG_LEAD))
    AssessmentFactory(edition=edition, site=None)
    client.get(INDEX)
    with django_assert_max_num_queries(7) as little:
        client.get(INDEX)
    for _ in range(30):
        AssessmentFactory(edition=edition, site=SiteFactory())
    with django_assert_max_num_queries(7) as much:
        client.get(INDEX)
    assert len(much) == len(little)
