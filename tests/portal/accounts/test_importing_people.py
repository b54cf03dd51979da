"""Importing people with their roles from a spreadsheet."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.accounts.actions.keep_sheet import forget_old_sheets
from portal.accounts.imports.people import check_people
from portal.accounts.imports.people_sheet import EVERY_SITE, PEOPLE
from portal.accounts.imports.report import Outcome
from portal.accounts.models import KEPT_FOR, KeptSheet
from portal.people.models import Membership, User
from portal.people.roles import Role
from portal.spreadsheets.sheet import Row, Table
from tests.factories import PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs
from tests.portal.accounts.making import page, sent, uploaded, verbs

pytestmark = pytest.mark.django_db
IMPORT = "/admin/people/import/"
HEADINGS = [column.heading for column in PEOPLE.columns]
ANNA = ("Anna", "Field (demo)", "Carer", "anna@demo.example", "Staff", EVERY_SITE, "", "")


def row_of(**cells: str) -> tuple[str, ...]:
    """Return Anna's row with some cells changed."""
    row = dict(zip((column.name for column in PEOPLE.columns), ANNA, strict=True))
    return tuple((row | cells).values())


def checked(*rows: tuple[str, ...]) -> list[tuple[int, Outcome, list[str]]]:
    """Return number, outcome and sentences of each row."""
    names = [column.name for column in PEOPLE.columns]
    table = Table(
        [Row(n, dict(zip(names, row, strict=True))) for n, row in enumerate(rows, start=2)], []
    )
    return [(line.row, line.outcome, line.said) for line in check_people(table).lines]


def test_people_are_imported_with_every_role_they_have_in_the_file(desk: Client) -> None:
    site = SiteFactory.create(name="Elm (demo)", ods_code="VM195")
    ends = timezone.localdate() + timedelta(days=90)
    report = uploaded(
        desk,
        IMPORT,
        HEADINGS,
        row_of(email="Anna@Demo.example"),
        row_of(role="registered_manager", site="elm (DEMO)", ends=f"{ends:%d/%m/%Y}"),
        row_of(first_name="Tom", email="", role="Contributor", site="vm195"),
    )
    shown = page(desk, report)
    assert "3 rows will be added" in shown
    assert "Import 2 people" in shown
    assert "Carer. Contributor, Elm (demo)" in shown
    assert "One more role for the person of row 2." in shown
    assert "Without an e-mail address they cannot sign in." in shown
    assert desk.post(report, follow=True).redirect_chain == [("/admin/people/", 302)]
    anna, tom = User.objects.exclude(email="sam@demo.example").order_by("first_name")
    assert (anna.email, tom.email) == ("anna@demo.example", None)
    assert not anna.has_usable_password()
    given = Membership.objects.filter(person__in=(anna, tom)).order_by("pk")
    assert [(one.person, one.role, one.site, one.ends) for one in given] == [
        (anna, Role.STAFF, None, None),
        (anna, Role.REGISTERED_MANAGER, site, ends),
        (tom, Role.CONTRIBUTOR, site, None),
    ]
    assert {one.starts for one in given} == {timezone.localdate()}
    assert verbs() == [
        "person.created",
        "membership.granted",
        "membership.granted",
        "person.created",
        "membership.granted",
    ]


YESTERDAY = timezone.localdate() - timedelta(days=1)
WRONG = {
    "no first name": ({"first_name": ""}, "Enter the first name."),
    "no last name": ({"last_name": ""}, "Enter the last name."),
    "no job title": ({"job_title": ""}, "Enter the job title."),
    "no address": ({"email": "anna at demo"}, "Enter an e-mail address like name@example.org."),
    "long title": ({"job_title": "x" * 121}, "Job title must be 120 characters or fewer."),
    "no role": ({"role": ""}, "Enter the role: Staff, Contributor,"),
    "unknown role": ({"role": "Chief"}, "There is no role Chief. Write one of: Staff,"),
    "no site": ({"site": ""}, "Enter the site, or: Every site."),
    "unknown site": ({"site": "VM999"}, "There is no site VM999. Check it, or add the site first."),
    "closed site": ({"site": "Larch (demo)"}, "Larch (demo) is closed. Open it first"),
    "one site's administrator": (
        {"role": "Portal administrator", "site": "Elm (demo)"},
        "A portal administrator looks after every site. Write Every site.",
    ),
    "a day that is over": ({"starts": YESTERDAY.isoformat()}, "The first day, "),
    "ends before it starts": ({"ends": YESTERDAY.isoformat()}, "The last day, "),
    "another name": ({"last_name": "Hill (demo)"}, "Row 2 has this e-mail address with another"),
    "twice": ({}, "Row 2, or one below it, gives the same role there. Take one out."),
    "twice in other letters": ({"email": "ANNA@demo.example"}, "Row 2, or one below it,"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_row_is_said_in_a_sentence(case: str) -> None:
    SiteFactory.create(name="Elm (demo)")
    SiteFactory.create(name="Larch (demo)", is_active=False)
    cells, sentence = WRONG[case]
    (_, first, _), (number, outcome, said) = checked(ANNA, row_of(**cells))
    assert (first, number, outcome) == (Outcome.ADDED, 3, Outcome.WRONG)
    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert said[0].endswith(".")


def test_one_wrong_row_and_nobody_is_imported(desk: Client) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ANNA, row_of(first_name="Tom", email="tom"))
    assert "1 row to put right" in page(desk, report)
    sent(desk, report, {"with_links": "on"}, status=409)
    assert User.objects.count() == 1
    assert verbs() == []


def test_somebody_who_is_here_is_left_alone_whatever_the_letters_of_the_address(
    desk: Client,
) -> None:
    PersonFactory.create(first_name="Anna", last_name="Field (demo)", email="anna@demo.example")
    PersonFactory.create(first_name="Tom", last_name="Hill", email=None, job_title="Carer")
    here = Outcome.HERE
    assert checked(row_of(email="ANNA@demo.example"), row_of(first_name="Ann")) == [
        (2, here, ["Left as they are."]),
        (3, here, ["Here as Anna Field (demo). Left as they are."]),
    ]
    [(_, outcome, said)] = checked(row_of(first_name="Tom", last_name="Hill", email=""))
    assert (outcome, said[0][:43]) == (here, "Somebody of this name and job title is here")
    report = uploaded(desk, IMPORT, HEADINGS, ANNA, row_of(first_name="Zoe", email="zoe@a.example"))
    assert "Import 1 person" in page(desk, report)
    sent(desk, report, {}, status=302)
    assert not Membership.objects.filter(person__first_name="Anna").exists()


def test_two_rows_without_an_address_and_of_one_name_are_not_guessed_to_be_one_person() -> None:
    row = row_of(email="")
    (_, first, _), (_, second, said) = checked(row, row)
    assert (first, second) == (Outcome.ADDED, Outcome.WRONG)
    assert said[0].startswith("Row 2 has this name and job title too.")


def test_days_may_be_written_in_every_way_and_nonsense_is_named(desk: Client) -> None:
    year = timezone.localdate().year + 1
    written = [f"31/12/{year}", f"{year}-12-31", f"31 Dec {year}", date(year, 12, 31)]
    rows = [
        (*row_of(email=f"anna{number}@demo.example")[:6], day, "")
        for number, day in enumerate(written)
    ]
    sent(desk, uploaded(desk, IMPORT, HEADINGS, *rows), {}, status=302)
    starts = Membership.objects.exclude(person__email="sam@demo.example").values_list("starts")
    assert set(starts) == {(date(year, 12, 31),)}
    report = uploaded(desk, IMPORT, HEADINGS, (*ANNA[:6], "soon", ""))
    assert "First day is no date we can read: soon. Write it like 31/12/2026." in page(desk, report)


def test_links_are_sent_when_that_is_asked_for(desk: Client, run_jobs: RunJobs) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ANNA, row_of(first_name="Tom", email=""))
    assert "Send everybody with an e-mail address a link" in page(desk, report)
    sent(desk, report, {"with_links": "on"}, status=302)
    assert verbs().count("person.link_made") == 1
    run_jobs()
    assert [message.to for message in mail.outbox] == [["anna@demo.example"]]


def test_no_link_is_sent_when_it_is_not_asked_for_or_cannot_be(
    desk: Client, settings: Settings
) -> None:
    sent(desk, uploaded(desk, IMPORT, HEADINGS, ANNA), {}, status=302)
    assert "person.link_made" not in verbs()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    report = uploaded(desk, IMPORT, HEADINGS, row_of(email="b@demo.example"))
    assert "Send everybody" not in page(desk, report)


def test_what_was_uploaded_is_kept_for_an_hour_alone(desk: Client) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ANNA)
    KeptSheet.objects.update(kept_at=timezone.now() - KEPT_FOR)
    answer = desk.get(report, follow=True)
    assert answer.redirect_chain == [(IMPORT, 302)]
    assert "What you uploaded is not kept any more." in answer.content.decode()
    forget_old_sheets()
    assert not KeptSheet.objects.exists()


def test_the_list_leads_to_the_import(desk: Client) -> None:
    assert f'href="{IMPORT}"' in page(desk, "/admin/people/")
    shown = page(desk, IMPORT)
    assert "A file may have up to 2,000 rows." in shown
    assert "is left alone, and so are their roles" in shown
