"""Going through the portal as a person does: by what is written on the screen."""

import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.portal.chrome.browsing import violations

PASSWORD = "correct-horse-battery"
SETTLED = "body:not(:has(#wagtail:not(.ready)))"
"""A page of the admin draws its menu by script; every other page is settled as it comes."""
COME_TO_REST = """async () => {
    const ends = (one) => one.effect.getComputedTiming().endTime < Infinity;
    const moving = document.getAnimations().filter(ends).map((one) => one.finished);
    await Promise.allSettled(moving);
}"""
"""What still fades in is too pale to be read, by a person as by the rules."""
_SECONDS_FOR_MAIL = 20


class Walk:
    """One person's browser."""

    def __init__(self, page: Page, *, mail: Path, width: int) -> None:
        self.page = page
        self.complaints: list[str] = []
        """What the browser complained of: errors in scripts, and what our policy stopped."""
        self._mail = mail
        self._width = width
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        # The browser calls every refused request an error, also those that a journey is about.
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def sign_in(self, person: str) -> None:
        """Go through the door as a demo person."""
        self.page.goto("/account/login/")
        self.page.get_by_label("E-mail address").fill(f"{person}@demo.example")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Good")

    def look(self) -> None:
        """Hold the page against the rules of accessibility; nothing may stick out sideways."""
        self.page.locator(SETTLED).wait_for()
        self.page.evaluate(COME_TO_REST)
        found = violations(self.page)
        assert not found, (self.page.url, found)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self._width

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str) -> None:
        """Follow a link, the first of that name."""
        self.page.get_by_role("link", name=name).first.click()

    def reads(self, *words: str) -> None:
        """Wait until each of the words can be read on the page."""
        for text in words:
            expect(self.main.get_by_text(text).first).to_be_visible()

    def is_told(self, words: str | re.Pattern[str]) -> None:
        """Wait for the message about what was just done."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def reads_nothing_of(self, *words: str) -> None:
        """See that none of the words is on the page."""
        for text in words:
            expect(self.main.get_by_text(text)).to_have_count(0)

    @property
    def main(self) -> Locator:
        """The content of the page, without what stands around every page."""
        return self.page.get_by_role("main")

    def entry(self, title: str) -> Locator:
        """The entry of a list that is about this title."""
        return self.main.get_by_role("listitem").filter(
            has=self.page.get_by_role("heading", name=title, exact=True)
        )

    def download(self, name: str | re.Pattern[str]) -> bytes:
        """Follow a link to a file; return the file."""
        with self.page.expect_download() as found:
            self.page.get_by_role("link", name=name).first.click()
        return found.value.path().read_bytes()

    def mailed(self, to: str, pattern: str) -> str:
        """Wait for a mail to somebody that holds a pattern; return what its group fits, newest."""
        ends = time.monotonic() + _SECONDS_FOR_MAIL
        while time.monotonic() < ends:
            for text in self._mails(to):
                if found := re.search(pattern, text):
                    return found[1]
            self.page.wait_for_timeout(100)
        raise AssertionError(f"no mail with {pattern} came for {to}")

    def _mails(self, to: str) -> list[str]:
        """Return the text of every mail to somebody, newest first."""
        files = sorted(self._mail.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        mails = [message_from_bytes(path.read_bytes(), policy=default) for path in reversed(files)]
        return [str(mail.get_content()) for mail in mails if to in str(mail["To"])]
