"""All that lapses, a page at a time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.chrome.words import day
from portal.people.roles import Role
from tests.evidence_review.assessments.readiness.making import edition, site_with
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def somebody(client: Client) -> None:
    edition()
    client.force_login(PersonFactory(role=Role.GROUP_MANAGER))


def page(client: Client, query: str = "") -> str:
    then = timezone.localdate() + timedelta(days=60)
    answer = client.get(f"/readiness/lapses/?on={then}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_lapses_first_stands_first_with_every_question_of_that_day(client: Client) -> None:
    site_with(["9.1", "9.2"], name="Later (demo)", lapses_in=20)
    site_with(["9.1"], name="Sooner (demo)", lapses_in=10)
    site_with(["9.1"], name="After (demo)", lapses_in=90)

    text = page(client)

    assert "3 answers lapse before" in text
    assert text.index("Sooner (demo)") < text.index("Later (demo)")
    assert day(timezone.localdate() + timedelta(days=10)) in text
    assert "9.1, 9.2" in text
    assert "After (demo)" not in text


def test_there_is_a_next_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence_review.assessments.views.readiness.lapses.PAGE", 2)
    for days in (10, 20, 30):
        site_with(["9.1"], lapses_in=days)
    assert page(client).count('<th scope="row">') == 2
    assert page(client, "&page=2").count('<th scope="row">') == 1


def test_without_lapses_it_says_so(client: Client) -> None:
    site_with(["9.1"])
    assert "Nothing that is complete today lapses before" in page(client)


def test_the_page_asks_the_same_few_questions_however_much_lapses(client: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client)
        return len(asked)

    site_with(["9.1"], lapses_in=10)
    page(client)
    few = questions()
    for days in range(11, 16):
        site_with(["9.1", "9.2"], lapses_in=days)
    assert questions() == few <= 10
