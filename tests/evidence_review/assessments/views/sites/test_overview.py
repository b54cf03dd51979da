"""Head office's page about its sites: sameness, choosing, differences."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import Assessment, Coverage, SiteAnswer
from evidence_review.assessments.sameness import NAMES
from evidence_review.assessments.states import Holds
from portal.people.models import Site
from portal.people.roles import Role
from tests.factories import AssessmentFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
ALL_YES = dict.fromkeys(NAMES, "yes")


def address(assessment: Assessment, name: str = "sites") -> str:
    return reverse(f"assessments:{name}", args=[assessment.public_id])


def covered(assessment: Assessment) -> set[Site]:
    return {row.site for row in assessment.coverage.filter(ended_at__isnull=True)}


def differ(coverage: Coverage, words: str) -> SiteAnswer:
    response = coverage.assessment.responses.all()[0]
    return SiteAnswer.objects.create(
        coverage=coverage,
        response=response,
        holds=Holds.DIFFERENT,
        difference=words,
        revision=response.revision,
        said_by=PersonFactory(),
    )


def test_the_page_shows_sites_with_their_counts_and_differences(
    head_office: Assessment, coverage: Coverage, lead: Client
) -> None:
    differ(coverage, "We lock the office instead.")
    page = lead.get(address(head_office)).content.decode()
    assert coverage.site.name in page
    assert "We lock the office instead." in page
    assert "0 of 4" in page


def test_differences_are_found_by_words(
    head_office: Assessment, coverage: Coverage, lead: Client
) -> None:
    differ(coverage, "We lock the office instead.")
    found = lead.get(address(head_office), {"about": "office lock"}).content.decode()
    assert "We lock the office instead." in found
    not_found = lead.get(address(head_office), {"about": "paper"}).content.decode()
    assert "No difference fits" in not_found


def test_a_manager_sees_their_own_site_alone(head_office: Assessment, coverage: Coverage) -> None:
    other = Coverage.objects.create(assessment=head_office, site=SiteFactory())
    differ(other, "At the other site we use paper.")
    client = Client()
    client.force_login(PersonFactory(role=Role.REGISTERED_MANAGER, site=coverage.site))
    page = client.get(address(head_office)).content.decode()
    assert coverage.site.name in page
    assert other.site.name not in page
    assert "At the other site" not in page


def test_an_assessment_of_a_site_has_no_such_page(lead: Client) -> None:
    assert lead.get(address(AssessmentFactory())).status_code == 404


def test_thirty_sites_cost_the_questions_of_three(
    head_office: Assessment, lead: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            row = Coverage.objects.create(assessment=head_office, site=SiteFactory())
            differ(row, "We use paper.")

    add(3)
    lead.get(address(head_office))
    with django_assert_num_queries(12):
        lead.get(address(head_office))
    add(27)
    with django_assert_num_queries(12):
        page = lead.get(address(head_office)).content.decode()
    assert "page=2" in page


def test_the_four_answers_are_kept(head_office: Assessment, lead: Client) -> None:
    sent = ALL_YES | {"same_it": ""}
    page = lead.post(address(head_office, "same"), sent, follow=True).content.decode()
    assert "Answer the four questions about your sites first" in page
    head_office.refresh_from_db()
    assert (head_office.same_policies, head_office.same_it) == (True, None)


def test_a_no_names_what_follows_before_sites_are_let_go(
    head_office: Assessment, coverage: Coverage, lead: Client
) -> None:
    no = ALL_YES | {"same_it": "no"}
    asked = lead.post(address(head_office, "same"), no)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert "1 site will no longer be covered" in page
    assert coverage.site.name in page
    assert covered(head_office) == {coverage.site}
    done = lead.post(address(head_office, "same"), no | {"release": "yes"}, follow=True)
    assert "no longer answers for 1 site" in done.content.decode()
    assert not covered(head_office)


def test_sites_are_chosen_and_what_is_not_on_the_page_stays(
    head_office: Assessment, coverage: Coverage, lead: Client
) -> None:
    new = SiteFactory()
    sent = {"shown": [new.public_id], "site": [new.public_id]}
    page = lead.post(address(head_office, "choose_sites"), sent, follow=True).content.decode()
    assert "Head office now answers for 1 site more" in page
    assert covered(head_office) == {coverage.site, new}


def test_letting_a_site_go_is_asked_first(
    head_office: Assessment, coverage: Coverage, lead: Client
) -> None:
    sent: dict[str, Any] = {"shown": [coverage.site.public_id]}
    asked = lead.post(address(head_office, "choose_sites"), sent)
    assert asked.status_code == 409
    assert "would stop answering for 1 site" in asked.content.decode()
    assert covered(head_office) == {coverage.site}
    lead.post(address(head_office, "choose_sites"), sent | {"sure": "yes"})
    assert not covered(head_office)


def test_all_that_fit_the_words_are_chosen_at_once(head_office: Assessment, lead: Client) -> None:
    north = {SiteFactory(name=f"North {number} (demo)") for number in range(3)}
    own = AssessmentFactory(site=SiteFactory(name="North own (demo)"), edition=head_office.edition)
    SiteFactory(name="South (demo)")
    lead.post(f"{address(head_office, 'choose_sites')}?q=north", {"every": "1"})
    assert covered(head_office) == north
    page = lead.get(address(head_office, "choose_sites")).content.decode()
    assert "1 site answers for itself" in page
    assert own.site
    assert own.site.name in page


def test_a_site_with_its_own_assessment_is_refused_in_words(
    head_office: Assessment, lead: Client
) -> None:
    own = AssessmentFactory(edition=head_office.edition)
    assert own.site
    answer = lead.post(address(head_office, "choose_sites"), {"site": [own.site.public_id]})
    assert answer.status_code == 409
    assert "started an assessment of its own" in answer.content.decode()


def test_a_manager_of_one_site_chooses_nothing(head_office: Assessment, manager: Client) -> None:
    for name in ("same", "choose_sites"):
        assert manager.get(address(head_office, name)).status_code == 403


def test_a_site_that_nobody_knows_is_passed_over(head_office: Assessment, lead: Client) -> None:
    sent = {"site": ["nobody", "a\x00b"]}
    assert lead.post(address(head_office, "choose_sites"), sent).status_code == 302
    assert lead.get(address(head_office), {"about": "\x00", "named": "\x00"}).status_code == 200
    assert not covered(head_office)
