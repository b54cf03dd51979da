"""People in the admin: the list, one person, adding and correcting them."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.people.models import User
from portal.people.queries import roles_at
from portal.people.roles import Role
from tests.factories import MembershipFactory, PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs
from tests.portal.accounts.making import ANNA, getvalue, page, sent, url_of, verbs

pytestmark = pytest.mark.django_db
LIST = "/admin/people/"
ADD = "/admin/people/add/"


def names_on(client: Client, query: str) -> set[str]:
    """Return the first names of the people on the list."""
    answer = client.get(f"{LIST}?{query}")
    return {person.first_name for person in answer.context["object_list"]}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PORTAL_ADMIN], ids=str)
def test_nobody_but_an_administrator_sees_people_and_sites(
    client: Client, administrator: User, role: Role
) -> None:
    client.force_login(PersonFactory.create(role=role))
    site = SiteFactory.create()
    for url in (
        LIST,
        ADD,
        url_of("person", administrator),
        url_of("give_role", administrator),
        url_of("switch_off", administrator),
        reverse("places:index"),
        reverse("places:organisation"),
        reverse("places:site", args=[site.public_id]),
    ):
        answer = client.get(url, follow=True)
        assert answer.status_code == 403
    assert "People" not in client.get("/admin/", follow=True).content.decode()


def test_an_administrator_of_one_site_manages_nobody(client: Client) -> None:
    client.force_login(PersonFactory.create(role=Role.PORTAL_ADMIN, site=SiteFactory.create()))
    assert client.get(LIST).status_code == 403


def test_the_list_names_everybody_with_roles_and_account(desk: Client) -> None:
    site = SiteFactory.create(name="Elm House (demo)")
    PersonFactory.create(first_name="Priya", role=Role.CONTRIBUTOR, site=site)
    PersonFactory.create(first_name="Marek", is_active=False)
    PersonFactory.create(first_name="Joan", email=None)
    shown = page(desk, LIST)
    assert "Contributor, Elm House (demo)" in shown
    assert "Switched off" in shown
    assert "Cannot sign in" in shown


def test_a_role_that_is_over_is_not_on_the_list(desk: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    MembershipFactory.create(role=Role.EDITOR, ends=yesterday)
    assert "Editor, every site" not in page(desk, LIST)


def test_people_are_found_by_any_words_of_name_job_or_address(desk: Client) -> None:
    PersonFactory.create(first_name="Siân", last_name="Pugh (demo)", job_title="Cook")
    PersonFactory.create(first_name="Owen", last_name="Pugh (demo)", email="cook@demo.example")
    assert names_on(desk, "q=pugh+cook") == {"Siân", "Owen"}
    assert names_on(desk, "q=Siân+Pugh") == {"Siân"}
    assert names_on(desk, "q=%25") == set()
    assert "Nobody fits" in page(desk, f"{LIST}?q=nobody-like-this")


def test_role_and_site_are_asked_together(desk: Client) -> None:
    here, there = SiteFactory.create(), SiteFactory.create()
    lead_here = PersonFactory.create(first_name="Here", role=Role.IG_LEAD, site=here)
    lead_there = PersonFactory.create(first_name="There", role=Role.IG_LEAD, site=there)
    MembershipFactory.create(person=lead_there, role=Role.STAFF, site=here)
    PersonFactory.create(first_name="Everywhere", role=Role.IG_LEAD)
    assert names_on(desk, f"role=ig_lead&site={here.pk}") == {"Here", "Everywhere"}
    assert names_on(desk, "role=staff") == {"There"}
    assert lead_here.first_name in names_on(desk, f"site={here.pk}")


@pytest.mark.parametrize(
    "query",
    ["site=999&role=x", "site=x", "account=%00", "q=%00", "p=99", "ordering=password", "p=x"],
)
def test_an_address_that_makes_no_sense_still_gives_the_list(desk: Client, query: str) -> None:
    assert desk.get(f"{LIST}?{query}").status_code == 200
    assert desk.get(f"/admin/places/?{query}").status_code == 200


def test_accounts_that_are_off_are_told_from_those_that_are_on(desk: Client) -> None:
    PersonFactory.create(first_name="Gone", is_active=False)
    assert names_on(desk, "account=off") == {"Gone"}
    assert "Gone" not in names_on(desk, "account=on")


def test_the_list_costs_the_same_for_five_people_and_for_forty(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            PersonFactory.create(role=Role.STAFF, site=SiteFactory.create())

    add(4)
    with django_assert_max_num_queries(40) as few:
        desk.get(LIST)
    add(35)
    with django_assert_max_num_queries(len(few)):
        desk.get(LIST)


def test_a_long_list_has_pages(desk: Client) -> None:
    User.objects.bulk_create(User(first_name=f"P{n}", public_id=f"p{n}") for n in range(60))
    assert len(desk.get(f"{LIST}?p=2").context["object_list"]) == 11


def test_spreadsheets_of_people_run_nothing(desk: Client) -> None:
    PersonFactory.create(first_name="=cmd()", job_title="+1", role=Role.STAFF)
    text = getvalue(desk.get(f"{LIST}?export=csv")).decode()
    rows = list(csv.DictReader(StringIO(text)))
    strange = next(row for row in rows if "cmd" in row["First name"])
    assert strange["First name"] == "'=cmd()"
    assert strange["Job title"] == "'+1"
    assert strange["Roles today"] == "Staff, every site"
    book = openpyxl.load_workbook(BytesIO(getvalue(desk.get(f"{LIST}?export=xlsx"))))
    cells = {cell.value: cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    assert cells["=cmd()"] == "s"


# --- Adding -----------------------------------------------------------------------------------


def test_a_person_is_added_with_a_role_and_sent_a_link(desk: Client, run_jobs: RunJobs) -> None:
    site = SiteFactory.create()
    sent(desk, ADD, ANNA | {"site": site.public_id, "with_link": "on"}, status=302)
    anna = User.objects.get(email="anna@demo.example")
    assert roles_at(anna, site) == {Role.CONTRIBUTOR}
    assert roles_at(anna, None) == frozenset()
    assert verbs() == ["person.created", "membership.granted", "person.link_made"]
    run_jobs()
    assert mail.outbox[0].to == ["anna@demo.example"]


def test_a_person_without_an_address_is_added_and_nothing_is_sent(
    desk: Client, run_jobs: RunJobs
) -> None:
    sent(desk, ADD, ANNA | {"email": "", "with_link": "on"}, status=302)
    anna = User.objects.get(first_name="Anna")
    assert anna.email is None
    assert "Anna Field (demo) has no e-mail address" in page(desk, url_of("person", anna))
    run_jobs()
    assert mail.outbox == []


def test_what_is_missing_is_asked_for_in_whole_sentences(desk: Client) -> None:
    shown = sent(desk, ADD, {"email": "nonsense"}, status=400)
    assert "<title>Error: Add a person" in shown
    for sentence in (
        "Enter the first name",
        "Enter the last name",
        "Enter the job title",
        "Enter an e-mail address like name@example.org",
        "Choose the role",
        "Choose the site",
    ):
        assert shown.count(sentence) == 2
    assert verbs() == []


def test_an_address_belongs_to_one_person_however_it_is_spelled(desk: Client) -> None:
    PersonFactory.create(first_name="Grace", last_name="Hill (demo)", email="anna@demo.example")
    shown = sent(desk, ADD, ANNA | {"email": "ANNA@demo.EXAMPLE"}, status=400)
    assert "Grace Hill (demo) already has this e-mail address. Check it." in shown
    sent(desk, ADD, ANNA | {"email": "Anna.Field@Demo.Example"}, status=302)
    assert User.objects.filter(email="anna.field@demo.example").exists()


def test_too_long_a_name_is_said_to_be_too_long(desk: Client) -> None:
    shown = sent(desk, ADD, ANNA | {"first_name": "A" * 151}, status=400)
    assert "First name must be 150 characters or fewer" in shown


def test_an_administrator_looks_after_every_site(desk: Client) -> None:
    site = SiteFactory.create()
    shown = sent(desk, ADD, ANNA | {"role": "portal_admin", "site": site.public_id}, status=400)
    assert "A portal administrator looks after every site. Choose that." in shown


def test_a_closed_site_cannot_be_chosen(desk: Client) -> None:
    closed = SiteFactory.create(is_active=False)
    sent(desk, ADD, ANNA | {"site": closed.public_id}, status=400)


def test_a_link_may_choose_the_role_beforehand(desk: Client) -> None:
    form = desk.get(f"{ADD}?role=ig_lead").context["form"]
    assert form["role"].value() == "ig_lead"
    assert desk.get(f"{ADD}?role=nonsense").context["form"]["role"].value() is None


@pytest.mark.parametrize("name", ["<script>x</script>", "O’Brien", "李", "\u202egnp", "a" * 150])
def test_awkward_names_are_kept_and_shown_as_they_are(desk: Client, name: str) -> None:
    sent(desk, ADD, ANNA | {"first_name": name}, status=302)
    anna = User.objects.get(email="anna@demo.example")
    assert anna.first_name == name
    assert "<script>x" not in page(desk, url_of("person", anna))
    assert "<script>x" not in page(desk, LIST)


def test_a_name_is_one_line(desk: Client) -> None:
    sent(desk, ADD, ANNA | {"first_name": " Anna \r\n  Bcc: x "}, status=302)
    assert User.objects.get(email="anna@demo.example").first_name == "Anna Bcc: x"


# --- One person -------------------------------------------------------------------------------


def test_a_persons_page_tells_roles_now_later_and_before(desk: Client) -> None:
    today = timezone.localdate()
    person = PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create(name="Elm (demo)"))
    MembershipFactory.create(person=person, role=Role.IG_LEAD, starts=today + timedelta(days=3))
    MembershipFactory.create(person=person, role=Role.EDITOR, ends=today - timedelta(days=1))
    answer = desk.get(url_of("person", person))
    shown = " ".join(answer.content.decode().split())
    assert "Contributor, Elm (demo)" in shown
    assert [str(each) for each in answer.context["roles_before"]] == ["Editor, every site"]
    assert f"?person={person.actor_ref.replace(':', '%3A')}" in shown


def test_a_persons_page_tells_what_was_changed_by_whom(desk: Client) -> None:
    sent(desk, ADD, ANNA | {"with_link": "on"}, status=302)
    anna = User.objects.get(email="anna@demo.example")
    changed = ANNA | {"first_name": "Anne"}
    sent(desk, url_of("correct", anna), changed, status=302)
    shown = page(desk, url_of("person", anna))
    assert "First name: Anna → Anne" in shown
    assert "By e-mail to anna@demo.example" in shown
    assert "Contributor, every site" in shown
    assert shown.count("Sam Reid (demo), Senior carer") == 4


def test_a_persons_page_costs_the_same_however_many_roles_they_had(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = PersonFactory.create(role=Role.STAFF, site=SiteFactory.create())
    with django_assert_max_num_queries(40) as few:
        desk.get(url_of("person", person))
    for _ in range(10):
        MembershipFactory.create(person=person, role=Role.CONTRIBUTOR, site=SiteFactory.create())
    with django_assert_max_num_queries(len(few)):
        desk.get(url_of("person", person))


def test_nobody_is_found_under_a_made_up_reference(desk: Client) -> None:
    for name in ("person", "correct", "give_role", "switch_off"):
        assert desk.get(reverse(f"people:{name}", args=["no-such-person"])).status_code == 404


def test_a_new_address_is_told_to_the_old_one(desk: Client, run_jobs: RunJobs) -> None:
    person = PersonFactory.create(email="old@demo.example", first_name="Grace", job_title="Carer")
    form = ANNA | {"first_name": "Grace", "email": "new@demo.example"}
    sent(desk, url_of("correct", person), form, status=302)
    run_jobs()
    (told,) = mail.outbox
    assert told.to == ["old@demo.example"]
    assert "This address does not work there any more" in str(told.body)
    assert "new@demo.example" not in str(told.body)


def test_saving_without_a_change_tells_nobody(desk: Client, run_jobs: RunJobs) -> None:
    person = PersonFactory.create(
        first_name="Anna",
        last_name="Field (demo)",
        job_title="Senior carer",
        email="anna@demo.example",
    )
    sent(desk, url_of("correct", person), ANNA, status=302)
    run_jobs()
    assert mail.outbox == []
    assert verbs() == []
