"""A policy changes; its reader sees what changed, confirms it, and finds it among their reading."""

from tests.journeys.conftest import Start
from tests.journeys.walking import Walk

PHONES = "Using your own phone at work"


def reads_and_confirms(walk: Walk) -> None:
    """Open the changed policy from the list, forget the tick, then confirm."""
    walk.page.goto("/policies/")
    walk.follow(PHONES)
    walk.reads("Read and confirm by", "What has changed since you last read it")
    walk.press("Confirm I have read version 2")
    walk.reads("There is a problem", "Tick the box to say you have read this policy")
    walk.page.get_by_label("I have read this policy and I understand what I must do").check()
    walk.press("Confirm I have read version 2")
    walk.reads("You have read this", "You confirmed version 2 on")


def test_a_reader_sees_what_changed_and_confirms_it(start: Start, width: int) -> None:
    # At a desk it is one person, on a phone another: each confirms once.
    walk = start("contributor" if width > 600 else "registered_manager")
    walk.page.goto("/")
    walk.reads("To read and confirm")
    walk.look()
    walk.page.goto("/policies/using-your-own-phone-at-work/")
    walk.look()
    reads_and_confirms(walk)
    walk.look()
    walk.page.goto("/policies/mine/")
    walk.reads(f"{PHONES}, version 2", f"{PHONES}, version 1")
    walk.look()


def test_all_of_it_works_without_script(start: Start, width: int) -> None:
    walk = start("group_manager" if width > 600 else "staff", script=False)
    walk.page.goto("/policies/using-your-own-phone-at-work/")
    walk.reads("Confirm I have read version 2")
    walk.page.get_by_label("I have read this policy and I understand what I must do").check()
    walk.press("Confirm I have read version 2")
    walk.reads("You confirmed version 2 on")
    walk.page.goto("/policies/using-your-own-phone-at-work/ask/")
    walk.press("Send my question")
    walk.reads("Write what you do not understand")
    walk.page.get_by_label("What do you not understand?").fill("What is a locker?")
    walk.press("Send my question")
    walk.is_told("Your question goes to")
