"""A group manager sees everybody on one page, looks further ahead, and follows what blocks."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.journeys.conftest import Start


def test_a_group_manager_sees_everybody_and_follows_what_blocks_a_site(start: Start) -> None:
    walk = start("group_manager")
    walk.follow("Readiness")
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("How ready we are")
    walk.reads("If we published today", "if nothing changes", "Every site")
    walk.look()

    walk.page.get_by_label("Look ahead to").fill("2028-06-30")
    walk.press("Show this day")
    walk.reads("On 30 June 2028, if nothing changes")
    walk.follow("Back to 30 June")

    walk.page.get_by_label("Words in the name").fill("rowan")
    walk.press("Show sites")
    rows = walk.main.locator("#sites tbody tr")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(
        "How ready Rowan House (demo) is"
    )
    walk.reads("Section by section", "What stands between you and")
    walk.look()


def test_the_table_can_be_sorted_and_taken_away(start: Start) -> None:
    walk = start("ig_lead")
    walk.page.goto("/readiness/")
    walk.page.get_by_label("Sort by").select_option(label="Site name")
    walk.press("Show sites")
    walk.page.wait_for_url("**sort=site**")
    names = walk.main.locator("#sites tbody th a").all_inner_texts()
    sites = [name for name in names if name != "Head office"]
    assert sites == sorted(sites)
    walk.look()

    sheet = walk.download(re.compile("CSV")).decode()
    assert [line["Site"] for line in csv.DictReader(io.StringIO(sheet))] == names


def test_the_admins_first_page_leads_there(start: Start) -> None:
    walk = start("ig_lead")
    walk.page.goto("/admin/")
    walk.look()
    walk.page.get_by_role("link", name="See every site").click()
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("How ready we are")
