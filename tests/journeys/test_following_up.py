"""A manager sees who has not read a policy, reminds them, and records a team meeting."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.journeys.conftest import Start

POLICY = "Using your own phone at work"


def test_a_manager_follows_up_and_records_a_meeting(start: Start) -> None:
    walk = start("registered_manager")
    walk.page.goto("/policies/follow-up/")
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Who has read what")
    walk.look()

    walk.follow(POLICY)
    walk.reads("Take the list away as", "Priya Nair (demo)")
    walk.look()
    sheet = walk.download(re.compile("CSV")).decode()
    assert "Nair (demo)" in {row["Last name"] for row in csv.DictReader(io.StringIO(sheet))}
    walk.press("Remind everybody who has not")
    walk.is_told("on the way")

    walk.page.goto("/policies/meetings/add/")
    walk.page.get_by_label("Site").select_option(label="Rowan House (demo)")
    walk.press("Continue")
    walk.page.get_by_label(POLICY).check()
    walk.press("Continue")
    walk.page.get_by_label("Priya Nair (demo)").check()
    walk.look()
    for part, value in (("Day", "1"), ("Month", "1"), ("Year", "2020")):
        walk.page.get_by_label(part, exact=True).fill(value)
    walk.page.get_by_label("Choose a photo or scan of the signed sheet").set_input_files(
        {"name": "sheet.txt", "mimeType": "text/plain", "buffer": b"Signed by Priya Nair"}
    )
    walk.press("Record this meeting")
    walk.is_told(re.compile("Nobody can have read it together before that day"))
    walk.look()
