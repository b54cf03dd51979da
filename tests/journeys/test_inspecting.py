"""An inspector is let in, looks, downloads, and is shut out when their access is ended."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Start
from tests.journeys.walking import Walk

POLICY = "Data protection policy"


def give_access(lead: Walk, name: str, address: str) -> None:
    """Give an inspector access to everything, and have the link mailed."""
    lead.page.goto("/admin/inspectors/")
    lead.look()
    lead.follow("Give access")
    lead.look()
    lead.page.get_by_label("Inspector's name").fill(name)
    lead.page.get_by_label("Work e-mail address").fill(address)
    lead.press("Give access")
    lead.reads("Choose the sites the inspector may see")
    lead.look()
    lead.page.get_by_label("Rowan House (demo)").check()
    lead.press("Give access")
    lead.is_told(f"{name} has access. Now send them the link.")
    lead.look()
    lead.press("Send the link by e-mail")
    lead.is_told(f"The link is on its way to {address}.")


def go_in(inspector: Walk, address: str) -> None:
    """Open the link from the mail and prove the address with the code from the next."""
    inspector.page.goto(inspector.mailed(address, r"(http://\S+/inspection/\S+)"))
    inspector.reads("Grace Adeyemi (demo), IG lead, has invited you")
    inspector.look()
    inspector.press("Send me a code")
    inspector.look()
    inspector.page.get_by_label("Code").fill("1234")
    inspector.press("Open the evidence summary")
    inspector.reads("The code has 8 digits, like 1234 5678")
    inspector.look()
    inspector.page.get_by_label("Code").fill(
        inspector.mailed(address, r"Your code is (\d{4} \d{4})")
    )
    inspector.press("Open the evidence summary")
    expect(inspector.page.get_by_role("heading", level=1)).to_have_text("Rowan House (demo)")


def test_an_inspector_looks_at_the_summary_until_their_access_is_ended(
    start: Start, width: int
) -> None:
    name, address = f"Kim Park {width} (demo)", f"kim.park.{width}@cqc.example"
    lead, inspector = start("ig_lead"), start()
    give_access(lead, name, address)
    go_in(inspector, address)

    inspector.reads(
        "Staff know how to keep private information safe, and we check that they do.",
        "When something goes wrong we say so, find out why and put it right.",
    )
    inspector.reads_nothing_of("Team meeting, October", "Training records 2026")
    inspector.look()
    file = inspector.download(re.compile(f"^{POLICY}, version 1"))
    assert file.startswith(b"%PDF-")
    inspector.follow("item by item")
    inspector.look()
    inspector.follow("Print this section")
    expect(inspector.page.get_by_role("button", name="Print this page")).to_be_visible()
    inspector.look()

    lead.page.reload()
    lead.reads("What happened, newest first")
    lead.reads(POLICY)
    lead.follow("End this access")
    lead.look()
    lead.press(f"End access of {name}")
    lead.is_told(f"{name} has no access any more.")
    inspector.page.reload()
    expect(inspector.page.get_by_role("heading", level=1)).to_have_text("This link does not work")
    inspector.reads_nothing_of(POLICY)
    inspector.look()
