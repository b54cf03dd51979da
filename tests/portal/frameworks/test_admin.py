"""The catalogue's screens in the admin."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.models import Edition
from portal.people.models import User
from portal.people.roles import Role
from portal.record.actors import SETUP
from tests.factories import PersonFactory
from tests.portal.frameworks.conftest import Load

pytestmark = pytest.mark.django_db


@pytest.fixture
def ig_lead(db: None, client: Client) -> User:
    person: User = PersonFactory.create(role=Role.IG_LEAD, first_name="Grace", job_title="IG lead")
    client.force_login(person)
    return person


def shown(client: Client, name: str, query: str = "", **kwargs: str) -> str:
    answer = client.get(reverse(f"catalogue:{name}", kwargs=kwargs or None) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_editions_show_what_still_awaits_checking(
    client: Client, load: Load, ig_lead: User
) -> None:
    load()

    page = shown(client, "index")

    assert "Demo, version 1" in page
    assert "Awaits checking" in page
    assert reverse("catalogue:check", args=["demo-v1"]) in page
    assert "2 doubtful in Demo, version 1" in page


def test_an_empty_catalogue_says_how_to_fill_it(client: Client, ig_lead: User) -> None:
    assert "manage.py load_catalogue" in shown(client, "index")
    assert "manage.py load_catalogue" in shown(client, "requirements")


def test_an_ig_lead_marks_an_edition_as_checked(client: Client, load: Load, ig_lead: User) -> None:
    load()
    url = reverse("catalogue:check", args=["demo-v1"])

    asked = client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()

    assert "You say that you have compared the wording" in asked
    assert Edition.objects.get().checked_by == ig_lead
    assert "Demo, version 1 is marked as checked." in page
    assert str(ig_lead) in page
    assert "Awaits checking" not in page


def test_looking_at_the_question_marks_nothing(client: Client, load: Load, ig_lead: User) -> None:
    load()

    shown(client, "check", code="demo-v1")

    assert not Edition.objects.get().is_checked


def test_an_edition_that_is_checked_offers_no_button(
    client: Client, load: Load, ig_lead: User
) -> None:
    load()
    url = reverse("catalogue:check", args=["demo-v1"])
    client.post(url)

    assert "has marked it already" in client.get(url).content.decode()


def test_an_unknown_edition_is_not_found(client: Client, ig_lead: User) -> None:
    url = reverse("catalogue:check", args=["nowhere"])

    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.STAFF, Role.CONTRIBUTOR])
def test_others_do_not_reach_the_catalogue(client: Client, load: Load, role: Role) -> None:
    load()
    client.force_login(PersonFactory.create(role=role))
    url = reverse("catalogue:check", args=["demo-v1"])

    for name in ("index", "requirements", "requirements_results"):
        assert client.get(reverse(f"catalogue:{name}")).status_code in (302, 403)
    client.post(url)

    assert not Edition.objects.get().is_checked


def test_the_requirements_show_question_level_and_doubt(
    client: Client, load: Load, ig_lead: User
) -> None:
    load()

    page = shown(client, "requirements")

    assert "Is everyone trained?" in page
    assert "Basic" in page
    assert "Optional" in page
    assert "Not seen." in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("?check=doubtful", "Do you test backups?", "Is everyone trained?"),
        ("?check=awaits", "Is everyone trained?", "Nothing"),
        ("?words=backups", "Do you test backups?", "Is everyone trained?"),
        ("?words=1.1.3", "Anything else?", "Is everyone trained?"),
        ("?words=%00", "Is everyone trained?", "Nothing"),
        ("?words=zebra", "No requirement matches", "Is everyone trained?"),
    ],
)
def test_the_filters_narrow_the_list(
    client: Client, load: Load, ig_lead: User, query: str, there: str, not_there: str
) -> None:
    load()

    page = shown(client, "requirements", query)

    assert there in page
    assert not_there not in page


def test_the_list_comes_as_a_spreadsheet(client: Client, load: Load, ig_lead: User) -> None:
    load()

    answer = client.get(reverse("catalogue:requirements") + "?export=xlsx")

    rows = list(openpyxl.load_workbook(BytesIO(answer.getvalue())).worksheets[0].values)
    assert rows[0][0] == "Reference"
    assert [row[0] for row in rows[1:]] == ["demo-v1:1.1.1", "demo-v1:1.1.2", "demo-v1:1.1.3"]


def test_the_screens_ask_the_same_number_of_questions_for_three_and_for_many(
    client: Client, load: Load, ig_lead: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    load()
    asked = {}
    for name in ("index", "requirements"):
        shown(client, name)
        with django_assert_max_num_queries(40) as questions:
            shown(client, name)
        asked[name] = len(questions)
    load_catalogue(actor=SETUP)

    for name, count in asked.items():
        with django_assert_max_num_queries(count):
            shown(client, name)
