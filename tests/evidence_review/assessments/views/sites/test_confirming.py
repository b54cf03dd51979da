"""The registered manager's page."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import Coverage, Response, SiteAnswer
from evidence_review.assessments.states import Holds, Standing
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import PersonFactory, SiteFactory, VersionFactory, answered

pytestmark = pytest.mark.django_db


def address(coverage: Coverage, name: str = "confirm", *more: str) -> str:
    names = [coverage.assessment.public_id, coverage.site.public_id, *more]
    return reverse(f"assessments:{name}", args=names)


def shown(*responses: Response) -> list[str]:
    return [f"{one.public_id}:{one.revision}" for one in responses]


def responses(coverage: Coverage) -> list[Response]:
    return list(coverage.assessment.responses.select_related("requirement"))


def said(coverage: Coverage, response: Response, holds: Holds = Holds.SAME) -> SiteAnswer:
    return SiteAnswer.objects.create(
        coverage=coverage,
        response=response,
        holds=holds,
        difference="" if holds == Holds.SAME else "We lock the office instead.",
        revision=response.revision,
        said_by=PersonFactory(),
    )


def test_a_manager_reads_the_first_section_with_answers_evidence_and_dates(
    coverage: Coverage, manager: Client
) -> None:
    version = VersionFactory(approved=True, evidence__site=None, evidence__title="Spot checks")
    first = responses(coverage)[0]
    answered(first, text="We check twice a year.", evidence=[version.evidence])
    page = manager.get(address(coverage)).content.decode()
    assert "0 of 4 answers looked at" in page
    assert "We check twice a year." in page
    assert "Spot checks</a>, version 1, approved" in page
    assert "All 2 answers left are true here too" in page
    assert responses(coverage)[3].requirement.question_plain in page
    assert f"q-{responses(coverage)[3].requirement.ref}" not in page


def test_confirming_a_section_leads_to_the_next(coverage: Coverage, manager: Client) -> None:
    first, second, third, _ = responses(coverage)
    where = f"{address(coverage)}?section=1"
    done = manager.post(where, {"answer": shown(first, second)}, follow=True)
    page = done.content.decode()
    assert "You confirmed 2 answers." in page
    assert f"q-{third.requirement.ref}" in page
    assert "2 of 4 answers looked at" in page


def test_confirming_one_answer_stays_with_the_section(coverage: Coverage, manager: Client) -> None:
    done = manager.post(f"{address(coverage)}?section=1", {"answer": shown(responses(coverage)[0])})
    assert done["Location"].endswith("?section=1")


def test_what_changed_while_reading_is_not_confirmed_and_said(
    coverage: Coverage, manager: Client
) -> None:
    first, second, *_ = responses(coverage)
    sent = shown(first, second)
    answered(first, text="Changed this minute.")
    page = manager.post(address(coverage), {"answer": sent}, follow=True).content.decode()
    assert f"Head office changed {first.requirement.ref} while you were reading" in page
    assert list(SiteAnswer.objects.values_list("response", flat=True)) == [second.pk]


def test_what_changed_since_comes_first(coverage: Coverage, manager: Client) -> None:
    *_, last = responses(coverage)
    said(coverage, last)
    answered(last, text="A new arrangement.")
    page = manager.get(address(coverage)).content.decode()
    assert "Changed since you looked" in page
    assert "Head office has changed its answer since." in page
    assert "A new arrangement." in page


def test_an_answer_that_is_not_ready_is_not_asked(coverage: Coverage, manager: Client) -> None:
    first = responses(coverage)[0]
    Response.objects.filter(pk=first.pk).update(
        confirmed_at=None, confirmed_by=None, standing=Standing.IN_PROGRESS, text="A draft."
    )
    page = manager.get(address(coverage)).content.decode()
    assert "Head office is still working on its answer" in page
    assert "A draft." not in page
    assert "of 3 answers looked at" in page


@pytest.mark.parametrize(
    "sent", ["nonsense", "a:b", ":", "x:99999999999999999999", "é:\uff11", "a\x00:1"]
)
def test_what_our_page_never_sent_is_passed_over(
    coverage: Coverage, manager: Client, sent: str
) -> None:
    assert manager.post(address(coverage), {"answer": [sent]}).status_code == 302
    assert not SiteAnswer.objects.exists()


def test_a_difference_is_kept_and_shown(coverage: Coverage, manager: Client) -> None:
    first = responses(coverage)[0]
    where = address(coverage, "different", first.requirement.ref)
    assert "Head office’s answer" in manager.get(where).content.decode()
    sent = {"difference": "We use paper.", "revision": first.revision}
    page = manager.post(f"{where}?section=1", sent, follow=True).content.decode()
    assert "We use paper." in page
    assert "1 different here" in page


def test_an_empty_difference_is_sent_back_with_what_to_do(
    coverage: Coverage, manager: Client
) -> None:
    first = responses(coverage)[0]
    where = address(coverage, "different", first.requirement.ref)
    answer = manager.post(where, {"difference": " ", "revision": first.revision})
    assert answer.status_code == 400
    assert "Say what is different here" in answer.content.decode()


def test_words_about_an_answer_that_changed_are_kept_beside_the_new_answer(
    coverage: Coverage, manager: Client
) -> None:
    first = responses(coverage)[0]
    read_at = first.revision
    answered(first, text="The new answer.")
    where = address(coverage, "different", first.requirement.ref)
    sent = {"difference": "We use paper.", "revision": read_at}
    refused = manager.post(where, sent)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "The new answer." in page
    assert "We use paper." in page
    assert not SiteAnswer.objects.exists()


def test_an_ig_lead_reads_and_does_not_speak_for_the_site(coverage: Coverage, lead: Client) -> None:
    page = lead.get(address(coverage)).content.decode()
    assert "Only the registered manager of" in page
    assert "True here too" not in page
    first = responses(coverage)[0]
    assert lead.post(address(coverage), {"answer": shown(first)}).status_code == 403


def test_the_manager_of_another_site_finds_nothing_here(coverage: Coverage) -> None:
    stranger: User = PersonFactory(role=Role.REGISTERED_MANAGER, site=SiteFactory())
    client = Client()
    client.force_login(stranger)
    assert client.get(address(coverage)).status_code == 404
    assert client.get(address(coverage, "site_answers_file", "xlsx")).status_code == 404


def test_the_answers_can_be_taken_away_as_a_spreadsheet(
    coverage: Coverage, manager: Client
) -> None:
    first = responses(coverage)[0]
    answered(first, text="=HYPERLINK(1)")
    said(coverage, responses(coverage)[1], Holds.DIFFERENT)
    answer = manager.get(address(coverage, "site_answers_file", "xlsx"))
    rows = list(load_workbook(BytesIO(b"".join(answer))).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 5
    assert rows[0][:4] == ("Reference", "Section", "Question", "Head office's answer")
    assert rows[1][3] == "=HYPERLINK(1)"
    assert rows[2][7:] == ("Different here", "We lock the office instead.")


def test_there_is_no_other_kind_of_file(coverage: Coverage, manager: Client) -> None:
    assert manager.get(address(coverage, "site_answers_file", "pdf")).status_code == 404


def test_the_page_asks_the_database_no_more_for_more_answers(
    coverage: Coverage, manager: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    manager.get(address(coverage))
    with django_assert_num_queries(8):
        manager.get(address(coverage))
    for response in responses(coverage):
        version = VersionFactory(approved=True, evidence__site=None)
        answered(response, evidence=[version.evidence])
        said(coverage, response)
    with django_assert_num_queries(8):
        manager.get(address(coverage))
