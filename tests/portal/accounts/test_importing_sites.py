"""Importing sites from a spreadsheet: a report row by row, then all or nothing."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from portal.accounts.actions.import_sheet import NoLongerFits, import_sites
from portal.accounts.imports.report import Outcome
from portal.accounts.imports.sites import SITES, check_sites
from portal.accounts.models import KeptSheet
from portal.people.answers import NotPermitted
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.spreadsheets.sheet import Problem, Row, Table
from tests.factories import OrganisationFactory, PersonFactory, SiteFactory
from tests.portal.accounts.making import page, sent, spreadsheet, uploaded, verbs

pytestmark = pytest.mark.django_db
IMPORT = "/admin/places/import/"
HEADINGS = ("Site", "Kind of care", "Site ODS code", "CQC location ID")
ELM = ("Elm House (demo)", "Care home", "VM195", "1-123456789")
ASH = ("Ash Court (demo)", "nursing", "vm 196", "1-123456780")


@pytest.fixture(autouse=True)
def organisation(db: None) -> Any:
    return OrganisationFactory.create()


def checked(*rows: tuple[str, ...]) -> list[tuple[int, Outcome, list[str]]]:
    """Return number, outcome and sentences of each row."""
    names = [column.name for column in SITES.columns]
    table = Table(
        [Row(n, dict(zip(names, row, strict=True))) for n, row in enumerate(rows, start=2)], []
    )
    return [(line.row, line.outcome, line.said) for line in check_sites(table).lines]


def test_sites_are_imported_after_every_row_was_shown(desk: Client) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ELM, ASH)
    shown = page(desk, report)
    assert "2 rows will be added" in shown
    assert "Import 2 sites" in shown
    assert "Care home with nursing, VM196, 1-123456780" in shown
    assert not Site.objects.exists()
    assert verbs() == []
    assert desk.post(report, follow=True).redirect_chain == [("/admin/places/", 302)]
    assert list(
        Site.objects.values_list("name", "service_type", "ods_code", "cqc_location_id")
    ) == [
        ("Ash Court (demo)", "nursing", "VM196", "1-123456780"),
        ("Elm House (demo)", "residential", "VM195", "1-123456789"),
    ]
    assert verbs() == ["site.created", "site.created"]
    assert not KeptSheet.objects.exists()


def test_one_wrong_row_and_nothing_is_imported(desk: Client) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ELM, ("Ash (demo)", "Castle", "V1", ""))
    shown = page(desk, report)
    assert "1 row to put right" in shown
    assert "An ODS code has 3 to 6 capital letters and digits, like VM195." in shown
    assert "Import 1 site" not in shown
    shown = sent(desk, report, {}, status=409)
    assert "Nothing was imported" in shown
    assert not Site.objects.exists()
    assert verbs() == []


WRONG = {
    "no name": (("", "Care home", "", ""), "Enter the name."),
    "no kind": (("Ash", "", "", ""), "Choose the kind of care."),
    "another kind": (("Ash", "Castle", "", ""), "Select a valid choice. Castle is not one of"),
    "code too long": (("Ash", "Care home", "VM19567", ""), "An ODS code has 3 to 6"),
    "name too long": (("A" * 201, "Care home", "", ""), "Name must be 200 characters or fewer."),
    "id too long": (("Ash", "Care home", "", "1-" + "9" * 30), "CQC location ID must be 20"),
    "same name": (("ELM HOUSE (demo)", "Care home", "", ""), "Row 2 is about a site of this name"),
    "same code": (("Ash", "Care home", "vm195", ""), "Row 2 has the code VM195 too."),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_row_is_said_in_a_sentence(case: str) -> None:
    row, sentence = WRONG[case]
    (_, first, _), (number, outcome, said) = checked(ELM, row)
    assert (first, number, outcome) == (Outcome.ADDED, 3, Outcome.WRONG)
    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert said[0].endswith(".")


def test_unusual_codes_are_remarked_on_and_imported(desk: Client) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ("Elm (demo)", "Care home", "X1234", "123"))
    shown = page(desk, report)
    assert "Site ODS codes usually start with V, like VM195. Check X1234." in shown
    assert "CQC location IDs usually look like 1-123456789. Check 123." in shown
    sent(desk, report, {}, status=302)
    assert Site.objects.get().ods_code == "X1234"


def test_a_site_that_is_here_is_left_alone_with_what_differs(desk: Client) -> None:
    SiteFactory.create(name="Elm House (demo)", ods_code="VM195")
    SiteFactory.create(name="Ash (demo)", ods_code="VM196", is_active=False)
    assert checked((*ELM[:3], ""), ("Ash Court (demo)", "Care home", "VM196", "1-123456780")) == [
        (2, Outcome.HERE, []),
        (
            3,
            Outcome.HERE,
            [
                "It is here as Ash (demo), which has the same ODS code.",
                "Here its CQC location ID is not known.",
                "Here it is closed.",
                "It is left as it is. Change it on its own page if the file is right.",
            ],
        ),
    ]
    report = uploaded(desk, IMPORT, HEADINGS, ELM)
    assert "There is nothing to import" in page(desk, report)
    sent(desk, report, {}, status=409)
    assert Site.objects.get(name="Elm House (demo)").cqc_location_id == ""


def test_what_could_not_be_read_is_in_the_report_with_its_row(desk: Client) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ELM, ("=A2", "Castle", "", ""))
    shown = page(desk, report)
    assert "Site holds a formula. Put in what it comes to" in shown
    assert "Enter the name" not in shown
    assert "Castle is not one of" in shown
    table = Table([Row(2, dict.fromkeys((c.name for c in SITES.columns), ""))], [])
    table.problems.append(Problem(9, "From here on the file cannot be read."))
    assert [line.row for line in check_sites(table).lines] == [2, 9]


def test_a_file_that_cannot_be_used_is_refused_on_the_first_page(desk: Client) -> None:
    shown = sent(desk, IMPORT, {}, status=400)
    assert "Choose the spreadsheet" in shown
    shown = sent(desk, IMPORT, {"file": spreadsheet(("Name", "Age"))}, status=422)
    assert "The file does not have the column “Site” and “Kind of care”." in shown
    picture = SimpleUploadedFile("sites.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert "must be a spreadsheet" in sent(desk, IMPORT, {"file": picture}, status=422)
    large = SimpleUploadedFile("sites.csv", bytes(5 * 1024 * 1024 + 1))
    assert "smaller than 5 MB" in sent(desk, IMPORT, {"file": large}, status=400)
    assert "is empty" in sent(desk, IMPORT, {"file": SimpleUploadedFile("a.csv", b"")}, status=400)
    assert not KeptSheet.objects.exists()


def test_text_from_a_file_is_never_markup(desk: Client) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ("<b>Elm</b>", "<i>", "", ""))
    shown = page(desk, report)
    assert "<b>Elm" not in shown
    assert "&lt;b&gt;Elm" in shown


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_template_can_be_uploaded_again(desk: Client, ending: str) -> None:
    answer = desk.get(f"{IMPORT}template.{ending}")
    assert f'filename="sites-template.{ending}"' in answer["Content-Disposition"]
    filled = answer.content + b"Elm House (demo),Care home,VM195,\r\n"
    if ending == "xlsx":
        workbook = load_workbook(io.BytesIO(answer.content))
        workbook.worksheets[0].append(list(ELM))
        made = io.BytesIO()
        workbook.save(made)
        filled = made.getvalue()
    file = SimpleUploadedFile(f"sites.{ending}", filled)
    report = desk.post(IMPORT, {"file": file})["Location"]
    assert "Import 1 site" in page(desk, report)


def test_there_is_no_template_of_another_kind(desk: Client) -> None:
    assert desk.get(f"{IMPORT}template.exe").status_code == 404


def test_a_list_is_shown_to_its_uploader_alone_and_can_be_thrown_away(
    desk: Client, client: Client, administrator: User
) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ELM)
    other = Client()
    other.force_login(PersonFactory.create(role=Role.PORTAL_ADMIN))
    assert other.get(report)["Location"] == IMPORT
    assert other.post(report)["Location"] == IMPORT
    other.post(f"{report}discard/")
    assert KeptSheet.objects.count() == 1
    sent(desk, f"{report}discard/", {}, status=302)
    assert desk.get(report)["Location"] == IMPORT
    assert not Site.objects.exists()


def test_a_second_upload_takes_the_place_of_the_first(desk: Client) -> None:
    first = uploaded(desk, IMPORT, HEADINGS, ELM)
    uploaded(desk, IMPORT, HEADINGS, ASH)
    assert desk.get(first)["Location"] == IMPORT
    assert KeptSheet.objects.count() == 1


def test_what_changes_between_the_report_and_the_yes_stops_the_import(
    desk: Client, administrator: User
) -> None:
    report = uploaded(desk, IMPORT, HEADINGS, ELM)
    kept = KeptSheet.objects.get()
    SiteFactory.create(name="elm house (DEMO)")
    assert "Something has changed since" in sent(desk, report, {}, status=409)
    Site.objects.update(name="Another (demo)")
    assert import_sites(kept, actor=administrator) == 1
    with pytest.raises(NoLongerFits, match="imported already"):
        import_sites(kept, actor=administrator)


def test_only_whoever_may_add_sites_may_import_them(administrator: User, desk: Client) -> None:
    uploaded(desk, IMPORT, HEADINGS, ELM)
    lead = PersonFactory.create(role=Role.IG_LEAD)
    KeptSheet.objects.update(person=lead)
    with pytest.raises(NotPermitted):
        import_sites(KeptSheet.objects.get(), actor=lead)
    assert not Site.objects.exists()


def test_before_sites_comes_the_organisation(desk: Client, organisation: Any) -> None:
    organisation.delete()
    assert desk.get(IMPORT, follow=True).redirect_chain[0][0] == "/admin/places/organisation/"


def test_a_long_list_is_shown_page_by_page_with_what_is_wrong_first(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [(f"Site {n:03} (demo)", "Care home", "", "") for n in range(120)]
    report = uploaded(desk, IMPORT, HEADINGS, *many, ("", "Care home", "V1", ""))
    first, last = page(desk, report), page(desk, f"{report}?p=3")
    assert "Enter the name." in first
    assert "Site 000 (demo)" in first
    assert "Site 119 (demo)" in last
    assert "Site 119 (demo)" not in first
    with django_assert_num_queries(13):
        desk.get(report)


def test_the_lists_lead_to_the_import(desk: Client) -> None:
    assert f'href="{IMPORT}"' in page(desk, "/admin/places/")
    assert "Template as XLSX" in page(desk, IMPORT)
