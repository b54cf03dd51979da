"""People find policies and evidence by their words, at a desk and on a phone."""

from playwright.sync_api import expect

from tests.journeys.conftest import Start


def test_a_contributor_finds_evidence_and_a_policy_narrows_and_mistypes(start: Start) -> None:
    walk = start("contributor")
    walk.page.goto("/search/?q=policy")
    expect(walk.main.get_by_role("link", name="Data protection policy").first).to_be_visible()
    expect(walk.main.get_by_text("Approved evidence", exact=True).first).to_be_visible()
    walk.look()

    walk.page.get_by_text("Narrow it down").click()
    walk.page.get_by_label("Look in").select_option("Policy only")
    walk.look()
    walk.press("Show")
    expect(walk.main.get_by_text("Approved evidence", exact=True)).to_have_count(0)

    walk.page.goto("/search/?q=polciy")
    walk.reads("Showing results for policy")
    walk.look()


def test_titles_are_offered_while_somebody_types(start: Start) -> None:
    walk = start("staff")
    walk.page.goto("/search/")
    box = walk.page.get_by_role("combobox", name="Find policies and approved evidence")
    box.press_sequentially("own pho")
    offered = walk.page.get_by_role("option")
    expect(offered.first).to_contain_text("Using your own phone at work")
    walk.look()

    box.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("own phone")
