"""The pages of publishing: what they show, what they refuse, and how much they ask the database."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import Assessment, Publication
from evidence_review.assessments.queries.publishing import draft_of
from portal.people.roles import Role
from portal.record.queries import events_about
from tests.evidence_review.assessments.publishable import asked, lead_of, published, ready
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    EvidenceTypeFactory,
    PersonFactory,
    RequirementFactory,
    answered,
)

pytestmark = pytest.mark.django_db


def signed_in(client: Client, assessment: Assessment) -> Client:
    client.force_login(lead_of(assessment))
    return client


def page_of(assessment: Assessment, part: str = "publish") -> str:
    return f"/assessment/{assessment.public_id}/{part}/"


def test_the_page_says_the_level_what_blocks_the_next_and_what_follows(client: Client) -> None:
    assessment = ready()
    text = signed_in(client, assessment).get(page_of(assessment)).content.decode()

    assert "Publish as Standards Met" in text
    assert "Standards Exceeded needs a Cyber Essentials Plus certificate" in text
    assert "Nobody can change or delete them" in text
    assert "Training register" in text
    assert "Nobody has marked the wording of Test edition" in text


def test_pressing_the_button_publishes_and_leads_to_the_publication(client: Client) -> None:
    assessment = ready()
    sent = {"seen": draft_of(assessment).seen.to_text(), "sure": "on"}

    answer = signed_in(client, assessment).post(page_of(assessment), sent)

    publication = Publication.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/assessment/publications/{publication.public_id}/"


def test_without_the_tick_nothing_is_published(client: Client) -> None:
    assessment = ready()
    answer = signed_in(client, assessment).post(
        page_of(assessment), {"seen": draft_of(assessment).seen.to_text()}
    )
    assert answer.status_code == 400
    assert "Tick the box to say that the answers are true" in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_change_meanwhile_is_a_409_that_shows_it_and_can_be_published_then(
    client: Client,
) -> None:
    assessment = ready()
    browser = signed_in(client, assessment)
    stale = {"seen": draft_of(assessment).seen.to_text(), "sure": "on"}
    answered(assessment.responses.get(requirement__ref="1.1.3"), text="Written meanwhile.")

    refused = browser.post(page_of(assessment), stale)

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "nothing was published" in text
    assert "The answer to 1.1.3." in text
    assert "Written meanwhile." in text
    fresh = {"seen": refused.context["draft"].seen.to_text(), "sure": "on"}
    assert browser.post(page_of(assessment), fresh).status_code == 302


def test_pressing_it_twice_leads_to_the_one_publication(client: Client) -> None:
    assessment = ready()
    browser = signed_in(client, assessment)
    sent = {"seen": draft_of(assessment).seen.to_text(), "sure": "on"}
    first, second = (browser.post(page_of(assessment), sent)["Location"] for _ in range(2))
    assert first == second
    assert Publication.objects.count() == 1


def test_without_a_level_there_is_no_button_and_a_post_is_refused(client: Client) -> None:
    asked()
    assessment = AssessmentFactory.create()
    browser = signed_in(client, assessment)

    text = browser.get(page_of(assessment)).content.decode()
    refused = browser.post(
        page_of(assessment), {"seen": draft_of(assessment).seen.to_text(), "sure": "on"}
    )

    assert "Publish as" not in text
    assert "do not reach a level yet" in text
    assert refused.status_code == 409


@pytest.mark.parametrize("more", [0, 30])
def test_the_page_asks_the_database_as_often_for_many_questions_as_for_few(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for _ in range(more):
        RequirementFactory.create()
    assessment = ready()
    browser = signed_in(client, assessment)
    with django_assert_num_queries(11):
        browser.get(page_of(assessment))


def test_the_list_says_what_would_be_there_and_then_what_is(client: Client) -> None:
    assessment = ready()
    browser = signed_in(client, assessment)
    assert "Nothing is published yet." in browser.get(page_of(assessment, "publications")).text
    published(assessment)
    text = browser.get(page_of(assessment, "publications")).text
    assert "Standards Met" in text
    assert "Not yet in the toolkit" in text


@pytest.mark.parametrize("more", [0, 30])
def test_a_publication_shows_its_answers_and_what_changed_since(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for _ in range(more):
        RequirementFactory.create()
    assessment = ready()
    publication = published(assessment)
    answered(assessment.responses.get(requirement__ref="1.1.3"), text="New words.")
    browser = signed_in(client, assessment)

    with django_assert_num_queries(11):
        text = browser.get(f"/assessment/publications/{publication.public_id}/").text

    assert "Different: the answer, its standing." in text
    assert "New words." not in text
    assert "Blue folder" in text
    sha256 = publication.answers.get(ref="1.1.2").evidence[0]["sha256"]
    assert " ".join(sha256[at : at + 8] for at in range(0, 64, 8)) in text


def test_what_the_toolkit_said_is_typed_in_once_it_is_there(client: Client) -> None:
    assessment = ready()
    publication = published(assessment)
    kind = EvidenceTypeFactory.create(code="certificate")
    file = EvidenceFactory.create(site=assessment.site, type=kind, title="Toolkit 2026")
    browser, today = signed_in(client, assessment), timezone.localdate()
    address = f"/assessment/publications/{publication.public_id}/entered/"
    sent = {
        "entered_on_day": today.day,
        "entered_on_month": today.month,
        "entered_on_year": today.year,
        "kept": file.public_id,
    }

    assert "Toolkit 2026" in browser.get(address).text
    assert browser.post(address, sent).status_code == 302

    publication.refresh_from_db()
    assert (publication.entered_on, publication.certificate) == (today, file)
    late = today + timedelta(days=400)
    refused = browser.post(address, sent | {"entered_on_year": late.year + 1})
    assert refused.status_code == 400
    assert "The day must be today or in the past." in refused.text


def rows_of_csv(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    return list(csv.DictReader(io.StringIO(text)))


def test_the_spreadsheet_has_the_answers_in_catalogue_order_to_type(client: Client) -> None:
    assessment = ready()
    publication = published(assessment)
    browser = signed_in(client, assessment)
    address = f"/assessment/publications/{publication.public_id}/export"

    book = load_workbook(
        io.BytesIO(
            b"".join(browser.get(f"{address}/xlsx/").streaming_content)  # type: ignore[attr-defined]  # it streams
        )
    )
    rows = [[str(cell.value or "") for cell in row] for row in book.worksheets[0].iter_rows()]

    assert rows[0] == [
        "Reference", "Section", "Question", "Answer to type", "Comment",
        "Where the evidence is kept", "Standing", "Published",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:]] == ["1.1.1", "1.1.2", "1.1.3"]
    assert rows[1][3] == "Yes"
    assert rows[2][5].startswith("Blue folder\nTraining register, version 1 (SHA-256 ")
    assert rows[1][7].startswith("Standards Met, ")
    assert [row["Reference"] for row in rows_of_csv(browser, f"{address}/csv/")] == [
        "1.1.1", "1.1.2", "1.1.3",
    ]  # fmt: skip
    assert events_about("publication", publication.public_id).count() == 2


def test_the_present_answers_are_marked_and_harmless(client: Client) -> None:
    assessment = ready()
    answered(
        assessment.responses.get(requirement__ref="1.1.3"), text='=HYPERLINK("https://x.example")'
    )
    rows = rows_of_csv(signed_in(client, assessment), page_of(assessment, "export/csv"))
    assert {row["Published"] for row in rows} == {"Not published"}
    assert rows[2]["Answer to type"] == '\'=HYPERLINK("https://x.example")'


def test_there_are_two_kinds_of_file(client: Client) -> None:
    assessment = ready()
    assert signed_in(client, assessment).get(page_of(assessment, "export/pdf")).status_code == 404


def test_a_reader_reads_and_takes_away_but_does_not_publish(client: Client) -> None:
    assessment = ready()
    publication = published(assessment)
    client.force_login(PersonFactory.create(role=Role.GROUP_MANAGER))
    assert client.get(page_of(assessment)).status_code == 403
    assert client.get(page_of(assessment, "publications")).status_code == 200
    assert client.get(f"/assessment/publications/{publication.public_id}/").status_code == 200
    assert client.get(page_of(assessment, "export/xlsx")).status_code == 200


def test_nobody_of_another_site_finds_it(client: Client) -> None:
    assessment = ready()
    publication = published(assessment)
    client.force_login(lead_of(AssessmentFactory.create()))
    for address in (
        page_of(assessment),
        page_of(assessment, "publications"),
        page_of(assessment, "export/csv"),
        page_of(assessment, "certificates"),
        f"/assessment/publications/{publication.public_id}/",
        f"/assessment/publications/{publication.public_id}/export/csv/",
    ):
        assert client.get(address).status_code == 404, address
