"""A contributor adds evidence by picker, by drop, several at once, without script."""

from collections.abc import Callable

import pytest
from clamd import EICAR
from playwright.sync_api import FilePayload, Page, expect

from tests.files.pdfs import pdf, pdf_with_password
from tests.journeys.conftest import Start

NOTES = b"Fire drill on 3 October. Everybody was out in four minutes.\n"
DROP = """(files) => {
    const dropped = new DataTransfer();
    for (const [title, type, text] of files) dropped.items.add(new File([text], title, {type}));
    return dropped;
}"""


def a_file(name: str, content: bytes, media_type: str = "text/plain") -> FilePayload:
    return {"name": name, "mimeType": media_type, "buffer": content}


def test_a_contributor_adds_two_files_and_sees_them_go_to_review(
    start: Start, sleeping_worker: Callable[[], None], width: int
) -> None:
    walk = start("contributor")
    page = walk.page
    walk.look()
    walk.follow("Add evidence")
    walk.look()
    page.get_by_label("Choose files, or drop them here").set_input_files(
        [
            a_file(f"drill-{width}.pdf", pdf(), "application/pdf"),
            a_file(f"notes-{width}.txt", NOTES),
        ]
    )
    page.get_by_label("Title").fill("Fire drill")
    page.get_by_label("What it shows (optional)").fill("We test every year how we leave the house.")
    review = page.get_by_role("group", name="Look at it again by (optional)")
    for part, value in (("Day", "30"), ("Month", "6"), ("Year", "2027")):
        review.get_by_label(part).fill(value)
    page.locator("summary").filter(has_text="Well-led").first.click()
    page.get_by_label("WL7").check()
    page.evaluate("window.wasHere = true")
    walk.press("Upload these files")

    for name in (f"drill-{width}", f"notes-{width}"):
        expect(walk.entry(f"Fire drill: {name}").locator(".wk-state")).to_have_text(
            "Waiting for virus check"
        )
    walk.is_told("2 files are kept and wait for their virus check.")
    walk.look()
    sleeping_worker()
    for name in (f"drill-{width}", f"notes-{width}"):
        expect(walk.entry(f"Fire drill: {name}").locator(".wk-state")).to_have_text("In review")
    assert page.evaluate("window.wasHere")
    walk.look()

    walk.follow(f"Fire drill: notes-{width}")
    walk.reads("We test every year how we leave the house.", "30 June 2027", "Version 1 uploaded")
    walk.look()
    assert walk.download("Download version 1") == NOTES


def test_files_can_be_dropped(start: Start, width: int) -> None:
    walk = start("contributor")
    page = walk.page
    page.goto("/evidence/add/")
    drop(page, {f"dropped-{width}-a.txt": "One.", f"dropped-{width}-b.txt": "Two."})
    walk.press("Upload these files")

    for name in (f"dropped-{width}-a", f"dropped-{width}-b"):
        expect(walk.entry(name).locator(".wk-state")).to_have_text("In review")


def drop(page: Page, files: dict[str, str]) -> None:
    """Let files fall onto the page, as from a folder beside it."""
    listed = [[name, "text/plain", text] for name, text in files.items()]
    data = page.evaluate_handle(DROP, listed)
    for moment in ("dragenter", "dragover", "drop"):
        page.dispatch_event("[data-drop]", moment, {"dataTransfer": data})


REFUSED = {
    "password": (
        "list.pdf",
        pdf_with_password(),
        "application/pdf",
        "Refused",
        "Remove the password and upload it again.",
    ),
    "virus": ("minutes.txt", EICAR, "text/plain", "Contains a virus", "upload a clean copy"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_the_check_stops_says_why_and_what_to_do(
    start: Start, case: str, width: int
) -> None:
    name, content, media_type, state, why = REFUSED[case]
    walk = start("contributor")
    walk.page.goto("/evidence/add/")
    walk.page.get_by_label("Title").fill(f"Stopped {case} {width}")
    walk.page.get_by_label("Choose files").set_input_files(a_file(name, content, media_type))
    walk.press("Upload these files")

    entry = walk.entry(f"Stopped {case} {width}")
    expect(entry.locator(".wk-state")).to_have_text(state)
    expect(entry).to_contain_text(why)
    expect(entry.get_by_role("link", name="Upload a new version")).to_be_visible()
    walk.look()
    walk.page.goto("/")
    walk.reads(f"Stopped {case} {width}")
    walk.look()


def test_of_several_files_those_that_are_refused_stay_and_the_others_are_not_sent_twice(
    start: Start, width: int
) -> None:
    walk = start("contributor")
    page = walk.page
    page.goto("/evidence/add/")
    page.get_by_label("Title").fill(f"Mixed {width}")
    program = a_file("rota.exe", b"MZ" + bytes(99))
    files = page.get_by_label("Choose files")
    files.set_input_files([a_file("kept.txt", NOTES), program])
    walk.press("Upload these files")

    expect(page.get_by_role("alert")).to_contain_text("must be a PDF, Word, Excel")
    expect(walk.entry(f"Mixed {width}: kept")).to_have_count(1)
    expect(page.get_by_label("Title")).to_have_value(f"Mixed {width}")
    assert files.evaluate("input => [...input.files].map(file => file.name)") == ["rota.exe"]
    walk.look()
    walk.press("Upload these files")
    expect(walk.entry("rota.exe")).to_have_count(2)
    expect(walk.entry(f"Mixed {width}: kept")).to_have_count(1)


def test_without_script_the_same_is_done_by_loading_the_page_again(
    start: Start, sleeping_worker: Callable[[], None], width: int
) -> None:
    walk = start("contributor", script=False)
    page = walk.page
    page.goto("/evidence/add/")
    page.get_by_label("Title").fill(f"Plain {width}")
    page.get_by_label("Choose files").set_input_files(a_file("rota.exe", b"MZ" + bytes(99)))
    walk.press("Upload these files")
    expect(page).to_have_title("Error: Add evidence - Wellkept")
    expect(page.get_by_label("Title")).to_have_value(f"Plain {width}")

    page.get_by_label("Choose files").set_input_files(a_file("plain.txt", NOTES))
    walk.press("Upload these files")
    state = walk.entry(f"Plain {width}").locator(".wk-state")
    expect(state).to_have_text("Waiting for virus check")
    sleeping_worker()
    for _ in range(50):
        if state.inner_text() == "In review":
            break
        page.wait_for_timeout(200)
        page.reload()
    expect(state).to_have_text("In review")
