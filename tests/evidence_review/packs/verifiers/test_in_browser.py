"""verify.html in a real Chromium, opened as a file, with the network off.

What it says of each pack is what verify.py says, line by line.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.evidence_review.packs.verifiers.asking import PAGE, asked, kept
from tests.evidence_review.packs.verifiers.cases import (
    CASES,
    forked,
    good_members,
    good_pair,
    other_key,
    rotated,
)
from tests.evidence_review.packs.verifiers.reference import Key, zipped
from tests.portal.chrome.browsing import WIDTHS, browser, violations
from tests.portal.record.test_proofs import REFUSED_ON_PURPOSE, VECTORS

__all__ = ["browser"]
READ_FILES = """async (names) => {
  const files = [...document.getElementById('many').files], said = {};
  for (const file of files) {
    const lines = [];
    const good = await new Check(file, null, null).run((...line) => lines.push(line));
    said[file.name] = [good, lines];
  }
  return said;
}"""
JUDGE = """(vectors) => {
  const raw = (text) => Uint8Array.from(atob(text || ''), (sign) => sign.charCodeAt(0));
  return vectors.map((one) => {
    const proof = (one.proof || []).map(raw);
    return 'leafIdx' in one
      ? inclusionHolds(one.leafIdx, one.treeSize, raw(one.leafHash), proof, raw(one.root))
      : consistencyHolds(one.size1, one.size2, raw(one.root1), raw(one.root2), proof);
  });
}"""
Asking = pytest.CaptureFixture[str]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[Open]:
    """Open the page from the disk; any request and any error of the page fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def note_request(asked: Request) -> None:
        if asked.url != PAGE.as_uri():
            troubles.append(asked.url)

    def begin(width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.set_offline(True)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text))
        page.on("request", note_request)
        page.goto(PAGE.as_uri())
        return page

    yield begin
    for context in contexts:
        context.close()
    assert not troubles


def checked(page: Page, pack: Path, older: Path | None = None, key: str = "") -> list[str]:
    """Have a pack checked as a person does; return the lines."""
    page.set_input_files("#pack", pack)
    page.set_input_files("#older", older or [])
    page.fill("#key", key)
    page.click("text=Check this pack")
    page.wait_for_selector("#print:not([hidden])")
    lines: list[str] = page.eval_on_selector_all(
        "#checks li", "all => all.map((one) => one.dataset.line)"
    )
    return [line.encode("ascii", "backslashreplace").decode() for line in lines]


def test_every_pack_is_judged_as_the_program_judges_it(
    pages: Open, tmp_path: Path, capsys: Asking
) -> None:
    packs = {name: build() for name, (_, build) in CASES.items()} | {
        "good": zipped(good_members()),
        "without files": zipped(good_members(with_files=False)),
        "rotated": rotated(),
        "lost": rotated(lost=True),
        "stranger": other_key()[0],
    }
    page = pages()
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('input'),"
        "{type: 'file', multiple: true, id: 'many'}))"
    )
    page.set_input_files("#many", [kept(tmp_path, one, name) for name, one in packs.items()])
    said: dict[str, Any] = page.evaluate(READ_FILES)
    differ = {}
    for name in packs:
        code, lines = asked(capsys, tmp_path / name)
        good, found = said[name]
        shown = [f"{word}  {title}: {sentence}" for word, title, sentence in found]
        plain = [
            line.encode("ascii", "backslashreplace").decode().replace("\n", r"\n") for line in shown
        ]
        if (code == 0, lines[:-1]) != (good, plain):
            differ[name] = (lines[:-1], plain)
    assert not differ


def test_the_vectors_are_judged_as_published_but_one(pages: Open) -> None:
    """Numbers above 2^53 reach the page as text: BigInt reads them whole."""
    vectors = json.loads(
        json.dumps([*VECTORS["inclusion"], *VECTORS["consistency"]]),
        parse_int=lambda digits: digits,
    )
    judged = pages().evaluate(JUDGE, vectors)
    wrong = [
        one["name"] for one, held in zip(vectors, judged, strict=True) if held is one["wantErr"]
    ]
    assert len(vectors) == 196
    assert wrong == [REFUSED_ON_PURPOSE]


@pytest.mark.parametrize("width", [WIDTHS["desk"], WIDTHS["narrow"]])
def test_a_good_pack_a_bad_one_and_a_pair(pages: Open, width: int, tmp_path: Path) -> None:
    page = pages(width)
    assert page.evaluate("isSecureContext") is True
    assert not violations(page)
    good, bad = kept(tmp_path, zipped(good_members())), tmp_path / "bad.zip"
    bad.write_bytes(CASES["a file changed"][1]())
    assert len(checked(page, good)) == 8
    assert "Now compare the fingerprint" in page.inner_text("#verdict")
    assert "The browser itself checked the signatures" in page.inner_text("#about")
    assert not violations(page)
    checked(page, good, key=Key(1).fingerprint.upper())
    assert page.inner_text("#verdict h2") == "Every check passed"
    assert checked(page, bad)[-1].startswith("FAIL  Files: ")
    assert "Do not rely on this pack" in page.inner_text("#verdict")
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_older_pack_and_one_that_contradicts(
    pages: Open, tmp_path: Path, capsys: Asking
) -> None:
    page = pages()
    older, newer = good_pair()
    one = kept(tmp_path, newer, "newer.zip")
    for name, other in {"good": older, "fork": forked()[0], "stranger": other_key()[0]}.items():
        two = kept(tmp_path, other, f"{name}.zip")
        assert checked(page, one, two) == asked(capsys, one, two)[1][:-1]


def test_it_can_be_worked_with_the_keyboard_and_by_dropping(pages: Open, tmp_path: Path) -> None:
    page = pages()
    page.focus("#key")
    page.keyboard.press("Enter")
    assert "There is no pack yet" in page.inner_text("#verdict")
    content = list(zipped(good_members()))
    page.evaluate(
        """(content) => {
          const given = new DataTransfer();
          given.items.add(new File([Uint8Array.from(content)], 'dropped.zip'));
          document.body.dispatchEvent(
            new DragEvent('drop', {dataTransfer: given, bubbles: true, cancelable: true}));
        }""",
        content,
    )
    page.keyboard.press("Enter")
    page.wait_for_selector("#print:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "outcome"
    assert page.inner_text("#about").startswith("dropped.zip, checked on")


def test_a_browser_without_ed25519_gets_the_same_answer(pages: Open, tmp_path: Path) -> None:
    page = pages()
    good = kept(tmp_path, zipped(good_members()))
    said = checked(page, good)
    page.evaluate("() => { crypto.subtle.importKey = async () => { throw new Error(); }; }")
    page.evaluate("ownEd25519 = null")
    assert checked(page, good) == said
    assert "the page did the sums" in page.inner_text("#about")
    sizes = [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]
    assert (
        page.evaluate(
            """async (sizes) => {
          for (const size of sizes) {
            const raw = crypto.getRandomValues(new Uint8Array(size));
            for (const [name, own] of [['SHA-256', sha256(raw)], ['SHA-512', sha512(raw)]]) {
              const theirs = new Uint8Array(await crypto.subtle.digest(name, raw));
              if (hex(own) !== hex(theirs)) return `${name} of ${size}`;
            }
          }
          return 'same';
        }""",
            sizes,
        )
        == "same"
    )
