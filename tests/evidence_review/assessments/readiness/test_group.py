"""Everybody on one page."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from evidence_review.assessments.models import Coverage, SiteAnswer
from evidence_review.assessments.states import Holds
from portal.chrome.words import day
from portal.frameworks.models import Edition
from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.assessments.readiness.making import (
    complete_for,
    edition,
    site_with,
)
from tests.factories import AssessmentFactory, MembershipFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/readiness/"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def the_edition() -> Edition:
    return edition()


@pytest.fixture
def manager(client: Client) -> User:
    person = PersonFactory(role=Role.GROUP_MANAGER)
    client.force_login(person)
    return person


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{ADDRESS}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def rows(text: str) -> list[list[str]]:
    """Return the table of sites as a reader hears it: a list of words for each cell."""
    table = text[text.index('id="sites-heading"') :]
    body = table[table.index("<tbody>") : table.index("</tbody>")]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[hd]>", row)]
        for row in body.split("</tr>")
        if "<tr>" in row
    ]


def names(text: str) -> list[str]:
    return [row[0] for row in rows(text)]


def test_the_panels_count_sites_today_and_on_the_day(client: Client, manager: User) -> None:
    site_with(["9.1", "9.2"], name="Birch (demo)")
    site_with(["9.1", "9.2"], name="Alder (demo)", lapses_in=10)
    site_with(["9.1"], name="Elm (demo)")
    SiteFactory(name="Maple (demo)")
    then = timezone.localdate() + timedelta(days=30)

    text = page(client, f"?on={then.isoformat()}")

    assert "2 of 4 sites Met" in text
    assert "1 of 4 sites Met" in text
    assert f"On {day(then)}, if nothing changes" in text
    assert "1 Not started" in text


def test_worst_comes_first_and_each_row_says_what_is_to_put_right(
    client: Client, manager: User
) -> None:
    site_with(["9.1", "9.2"], name="Birch (demo)")
    site_with(["9.1"], name="Elm (demo)")
    SiteFactory(name="Maple (demo)")

    found = rows(page(client))

    assert [row[0] for row in found] == ["Maple (demo)", "Elm (demo)", "Birch (demo)"]
    assert [row[5] for row in found] == ["To put right 2", "To put right 1", "To put right None"]
    assert found[0][3] == "Staffing and roles 0 of 1"
    assert found[1][1] == "Today Not met"
    assert found[2][6] == "Next to lapse Nothing lapses"


def test_what_will_lapse_is_said_in_its_section(client: Client, manager: User) -> None:
    site_with(["9.1", "9.2"], lapses_in=10)
    then = timezone.localdate() + timedelta(days=30)

    (row,) = rows(page(client, f"?on={then.isoformat()}"))

    assert row[3] == "Staffing and roles 1 of 1 1 will lapse"
    assert row[6] == f"Next to lapse {day(timezone.localdate() + timedelta(days=10))}"


def test_an_answer_is_good_on_its_last_day_and_not_on_the_next(
    client: Client, manager: User
) -> None:
    site_with(["9.1", "9.2"], lapses_in=10)
    last = timezone.localdate() + timedelta(days=10)

    assert rows(page(client, f"?on={last.isoformat()}"))[0][2].endswith("Met")
    assert rows(page(client, f"?on={last + timedelta(days=1)}"))[0][2].endswith("Not met")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2027-02-30", "must be a real date"),
        ("tomorrow", "must be a real date"),
        ("2027-6-30", "must be a real date"),
        ("\uff12027-06-30", "must be a real date"),
        ("2020-06-30", "must be today or later"),
        ("9999-12-31", "within 5 years"),
        ("%00", "must be a real date"),
        ("<script>", "must be a real date"),
    ],
)
def test_a_day_that_cannot_be_used_gets_a_sentence(
    client: Client, manager: User, typed: str, said: str
) -> None:
    text = page(client, f"?on={typed}")
    assert said in text
    assert "30 June" in text
    assert "<script>" not in text


def test_sites_can_be_found_by_name_and_by_level(client: Client, manager: User) -> None:
    site_with(["9.1", "9.2"], name="Birch (demo)")
    site_with(["9.1"], name="Elm (demo)")
    SiteFactory(name="Maple (demo)")

    assert names(page(client, "?q=elm")) == ["Elm (demo)"]
    assert names(page(client, "?show=met")) == ["Birch (demo)"]
    assert names(page(client, "?show=not+started")) == ["Maple (demo)"]
    assert names(page(client, "?show=not_then&sort=site")) == ["Elm (demo)", "Maple (demo)"]
    assert "No site fits" in page(client, "?q=nowhere")


@pytest.mark.parametrize(
    "sort", ["site", "-site", "today", "-then", "lapse", "s1", "-s2", "s9", "x"]
)
def test_every_order_can_be_asked_for_and_nonsense_is_worst_first(
    client: Client, manager: User, sort: str
) -> None:
    for name, complete in (("Birch (demo)", ["9.1", "9.2"]), ("Elm (demo)", ["9.1"])):
        site_with(complete, name=name)

    found = names(page(client, f"?sort={sort}"))

    assert sorted(found) == ["Birch (demo)", "Elm (demo)"]
    assert (found[0] == "Birch (demo)") == (sort in ("site", "-then", "lapse", "s1", "s9"))


def test_names_are_escaped(client: Client, manager: User) -> None:
    site_with(name="<b>Rowan</b> & co")
    text = page(client)
    assert "<b>Rowan" not in text
    assert "&lt;b&gt;Rowan&lt;/b&gt; &amp; co" in text


def test_a_registered_manager_sees_head_office_and_their_own_site_alone(client: Client) -> None:
    mine, other = site_with(name="Birch (demo)"), site_with(name="Elm (demo)")
    AssessmentFactory(site=None)
    client.force_login(PersonFactory(role=Role.REGISTERED_MANAGER, site=mine.site))

    text = page(client)

    assert names(text) == ["Head office", "Birch (demo)"]
    assert str(other.site) not in text


@pytest.mark.parametrize("role", [Role.STAFF, Role.EDITOR, Role.PORTAL_ADMIN])
def test_those_who_do_not_work_with_assessments_are_told_so(client: Client, role: Role) -> None:
    client.force_login(PersonFactory(role=role))
    assert client.get(ADDRESS).status_code == 403


def test_the_first_things_name_the_site_what_to_do_and_who(client: Client, manager: User) -> None:
    mine = site_with(["9.1"], name="Elm (demo)").site
    person = PersonFactory(first_name="Jo", last_name="Marsh (demo)", job_title="Manager")
    MembershipFactory(person=person, role=Role.REGISTERED_MANAGER, site=mine)
    SiteFactory(name="Maple (demo)")
    site_with(["9.1", "9.2"], name="Alder (demo)", lapses_in=10)

    text = page(client, f"?on={timezone.localdate() + timedelta(days=30)}")

    assert "Do these 3 things first" in text
    assert text.index("Start Maple (demo)") < text.index("Renew 2 answers at Alder (demo)")
    assert "Finish 1 answer at Elm (demo)" in text
    assert "Owner: Jo Marsh (demo), Manager." in text
    assert "1 of them is in Data security." in text


def test_the_whole_table_goes_into_a_spreadsheet(client: Client, manager: User) -> None:
    site_with(["9.1"], name="=Elm (demo)")
    AssessmentFactory(site=None)

    sheet = client.get(f"{ADDRESS}?export=csv").getvalue().decode()
    lines = list(csv.DictReader(io.StringIO(sheet)))
    book = load_workbook(io.BytesIO(client.get(f"{ADDRESS}?export=xlsx").getvalue()))

    assert [line["Site"] for line in lines] == ["Head office", "'=Elm (demo)"]
    assert lines[1]["Level today"] == "Not met"
    assert lines[1]["Data security: needed"] == "1"
    assert [row[0] for row in book.worksheets[0].iter_rows(values_only=True)] == [
        "Site",
        "Head office",
        "=Elm (demo)",
    ]


def test_the_page_asks_the_same_few_questions_however_many_sites(
    client: Client, manager: User
) -> None:
    site_with(["9.1"], lapses_in=10)
    page(client)  # the first look of a session writes it
    few = questions_of(client)
    for _ in range(5):
        site_with(["9.1", "9.2"], lapses_in=20)
        SiteFactory()
    assert questions_of(client) == few
    assert few <= MOST_QUERIES


def questions_of(client: Client) -> int:
    """Return how many statements the page takes, session and person included."""
    with CaptureQueriesContext(connection) as asked:
        page(client)
    return len(asked)


def test_a_covered_site_stands_by_head_offices_answers_as_far_as_they_are_confirmed_there(
    client: Client, manager: User
) -> None:
    head_office = AssessmentFactory(site=None)
    complete_for(head_office, ["9.1", "9.2"], lapses_in=10)
    coverage = Coverage.objects.create(
        assessment=head_office, site=SiteFactory(name="Willow (demo)")
    )
    confirmed = head_office.responses.get(requirement__ref="9.1")
    SiteAnswer.objects.create(
        coverage=coverage,
        response=confirmed,
        holds=Holds.SAME,
        revision=confirmed.revision,
        said_by=manager,
    )

    text = page(client, f"?on={timezone.localdate() + timedelta(days=30)}")

    office, willow = rows(text)
    assert office[:2] == ["Head office", "Today Met"]
    assert willow[0] == "Willow (demo) Head office answers, 1 to confirm"
    assert willow[1] == "Today Not met"
    assert willow[3:5] == ["Staffing and roles 1 of 1 1 will lapse", "Data security 0 of 1"]
    assert f"/assessment/{head_office.public_id}/sites/{coverage.site.public_id}/" in text
    assert "Check 1 answer from head office at Willow (demo)" in text
    assert "2 answers lapse before" in text, "told once, not for each site"


def test_a_covered_site_costs_no_more_questions_however_many_there_are(
    client: Client, manager: User
) -> None:
    head_office = AssessmentFactory(site=None)
    Coverage.objects.create(assessment=head_office, site=SiteFactory())
    page(client)
    one = questions_of(client)
    for _ in range(4):
        Coverage.objects.create(assessment=head_office, site=SiteFactory())
    assert questions_of(client) == one <= MOST_QUERIES + 2
