"""A portal is set up: sites and people come from spreadsheets, and duties get names."""

import io
import re
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook, load_workbook
from playwright.sync_api import FilePayload, expect

from tests.journeys.conftest import Start

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filled(template: bytes, *rows: Iterable[Any]) -> FilePayload:
    """Fill in a template as somebody does in their spreadsheet program."""
    workbook = load_workbook(io.BytesIO(template))
    for row in rows:
        workbook.worksheets[0].append(list(row))
    return saved(workbook)


def saved(workbook: Workbook) -> FilePayload:
    content = io.BytesIO()
    workbook.save(content)
    return {"name": "our list.xlsx", "mimeType": XLSX, "buffer": content.getvalue()}


def test_sites_and_their_people_are_imported_from_spreadsheets(start: Start, width: int) -> None:
    walk = start("portal_admin")
    page, site = walk.page, f"Ash Court {width} (demo)"
    page.goto("/admin/places/")
    walk.look()
    walk.follow("Import sites")
    walk.look()
    template = walk.download("Template as XLSX")
    wrong = filled(template, (site, "Castle", "V1", ""), ("=A2", "Care home", "", ""))
    page.get_by_label("Spreadsheet").set_input_files(wrong)
    walk.press("Show what it would do")
    walk.reads("2 rows to put right", "An ODS code has 3 to 6", "Site holds a formula.")
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    walk.look()

    walk.follow("Upload another file")
    good = filled(template, (site, "Care home", f"X{width}", "123"))
    page.get_by_label("Spreadsheet").set_input_files(good)
    walk.press("Show what it would do")
    walk.reads(
        "1 row will be added", f"Site ODS codes usually start with V, like VM195. Check X{width}"
    )
    walk.look()
    walk.press("Import 1 site")
    walk.is_told("1 site added.")
    walk.reads(site)

    page.goto("/admin/people/")
    walk.follow("Import people")
    template = walk.download("Template as XLSX")
    address = f"new-{width}@demo.example"
    person = ("Ivy", f"Low {width} (demo)", "Carer", address)
    people = filled(template, (*person, "Contributor", site), (*person, "Staff", "Every site"))
    page.get_by_label("Spreadsheet").set_input_files(people)
    walk.press("Show what it would do")
    walk.reads("2 rows will be added", "One more role for the person of row 2.")
    walk.look()
    walk.press("Import 1 person")
    walk.is_told("1 person added.")
    page.goto(f"/admin/people/?q={address}")
    walk.reads(f"Ivy Low {width} (demo)", f"Contributor, {site}", "Staff, every site")


def test_a_file_that_is_no_spreadsheet_says_so_and_imports_nothing(start: Start) -> None:
    walk = start("portal_admin")
    walk.page.goto("/admin/people/import/")
    picture: FilePayload = {
        "name": "people.xlsx", "mimeType": XLSX, "buffer": b"\x89PNG\r\n\x1a\n" + bytes(99)
    }  # fmt: skip
    walk.page.get_by_label("Spreadsheet").set_input_files(picture)
    walk.press("Show what it would do")
    expect(walk.page.get_by_role("alert")).to_contain_text("must be a spreadsheet: XLSX or CSV")
    walk.look()


def test_the_ig_lead_goes_through_the_steps_to_the_start(start: Start, width: int) -> None:
    walk = start("ig_lead")
    page = walk.page
    page.goto("/assessment/set-up/")
    walk.reads("Four short steps", "1. Your organisation", "4. What to have at hand")
    walk.look()
    walk.follow("1. Your organisation")
    walk.reads("Step 1 of 4", "Demo Care Group (demo)")
    walk.look()
    walk.follow("Go on to: your sites")
    walk.reads("Step 2 of 4", "Rowan House (demo)")
    walk.look()
    walk.follow("Go on to: who is responsible")
    walk.reads("Step 3 of 4", "Caldicott Guardian")
    walk.look()

    # Both widths share a portal: whoever comes second finds the first one's person.
    page.get_by_role("link", name=re.compile("Name .*: IT administrator")).click()
    walk.look()
    walk.press("Name this person")
    expect(page.get_by_role("alert")).to_contain_text("Choose somebody, or type a name")
    expect(page).to_have_title(re.compile("^Error: IT administrator"))
    walk.look()
    page.get_by_label("Name, if they are not in the list").fill(f"Pat Lowe {width} (demo)")
    page.get_by_label("Job title").fill("Technician of our supplier")
    page.get_by_label("How were they given this duty?").fill("Contract of 3 March 2026")
    walk.press("Name this person")
    walk.is_told(f"Pat Lowe {width} (demo) is named: IT administrator.")
    walk.reads(f"Pat Lowe {width} (demo), Technician of our supplier")
    walk.look()

    walk.follow("Go on to: what to have at hand")
    walk.reads("Step 4 of 4", "What the portal can tell", "Your business continuity plan")
    walk.look()
    walk.follow("Start the assessment")
    expect(page.get_by_role("heading", level=1)).to_have_text("Start an assessment")


def test_an_administrator_adds_a_site_on_the_way_and_is_told_what_is_unusual(
    start: Start, width: int
) -> None:
    walk = start("portal_admin", script=False)
    page = walk.page
    page.goto("/assessment/set-up/sites/")
    page.get_by_text("Add a site", exact=True).click()
    page.get_by_label("Name").fill(f"Larch Lodge {width} (demo)")
    page.get_by_label("Supported living").check()
    page.get_by_label("Site ODS code").fill(f"y {width}")
    walk.press("Add this site")
    walk.is_told(f"Larch Lodge {width} (demo) is added. Add another, or go on.")
    walk.reads(f"Check Y{width}.", "Its CQC location ID is not known yet.", "Please check")
