"""The page of one assessment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence_review.assessments.models import Assessment, DailyStanding
from portal.chrome.words import day
from portal.people.roles import Role
from tests.evidence_review.assessments.readiness.making import edition, site_with
from tests.factories import AssessmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def somebody(client: Client) -> None:
    edition()
    client.force_login(PersonFactory(role=Role.IG_LEAD))


def page(client: Client, assessment: Assessment, query: str = "") -> str:
    answer = client.get(f"/readiness/{assessment.public_id}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_names_each_answer_that_blocks_the_next_level_with_a_link(client: Client) -> None:
    assessment = site_with(["9.2"], name="Elm (demo)")

    text = page(client, assessment)

    assert "How ready Elm (demo) is" in text
    assert "What stands between you and Standards Met" in text
    assert "On the way: Approaching Standards" in text
    assert f'href="/assessment/{assessment.public_id}/9.1/"' in text
    assert f'href="/assessment/{assessment.public_id}/9.2/"' not in text
    assert "Optional" not in text


def test_above_met_it_says_what_certificate_is_lacking(client: Client) -> None:
    text = page(client, site_with(["9.1", "9.2"]))
    assert "What stands between you and Standards Exceeded" in text
    assert "Cyber Essentials Plus certificate" in text
    assert "On the way" not in text


def test_it_says_what_lapses_when(client: Client) -> None:
    assessment = site_with(["9.1", "9.2"], lapses_in=10)
    last = timezone.localdate() + timedelta(days=10)

    text = page(client, assessment, f"?on={last + timedelta(days=1)}")

    assert "2 answers lapse before" in text
    assert text.count(f'<th scope="row">{day(last)}</th>') == 2
    assert text.count("Will lapse</span>") >= 2
    assert "Nothing that is complete today" in page(client, assessment, f"?on={last}")


def test_what_lapsed_is_in_progress_and_blocks_again(client: Client) -> None:
    assessment = site_with(["9.1", "9.2"], lapses_in=-1)
    text = page(client, assessment)
    assert text.count("In progress</span>") == 2
    assert "Not met" in text


def test_head_office_has_a_page_too(client: Client) -> None:
    assert "How ready head office is" in page(client, AssessmentFactory(site=None))


def test_the_trend_has_a_table_with_the_figures(client: Client) -> None:
    assessment = site_with(["9.1"])
    assert "Every day we keep" in page(client, assessment)
    for weeks, complete in ((2, 0), (1, 1), (0, 1)):
        DailyStanding.objects.create(
            assessment=assessment,
            day=timezone.localdate() - timedelta(weeks=weeks),
            needed=2,
            complete=complete,
            in_progress=0,
            complete_on_deadline=0,
        )
    text = page(client, assessment)
    assert "1 (50%)" in text
    assert "<polyline" in text


def test_a_site_of_others_is_not_there(client: Client) -> None:
    mine, other = site_with(), site_with()
    client.force_login(PersonFactory(role=Role.REGISTERED_MANAGER, site=mine.site))
    assert client.get(f"/readiness/{mine.public_id}/").status_code == 200
    assert client.get(f"/readiness/{other.public_id}/").status_code == 404


def test_other_sites_cost_it_nothing(client: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, assessment)
        return len(asked)

    assessment = site_with(["9.1"])
    page(client, assessment)
    alone = questions()
    for _ in range(3):
        site_with(["9.1"])
    assert questions() == alone <= 10
