"""What clamd was seen to do, or could do, with a file; and the verdict it must come to."""

import time

from clamd import EICAR

from evidence_review.scanning.models import Verdict
from tests.evidence_review.scanning.scripted_clamd import Behaviour, Caller, says

CLEAN, INFECTED = Verdict.Value.CLEAN, Verdict.Value.INFECTED
UNSCANNABLE, ERROR = Verdict.Value.UNSCANNABLE, Verdict.Value.ERROR
FULL_DISK = b"INSTREAM: Can't write to temporary file. ERROR\n"


def knows_the_test_file(caller: Caller) -> None:
    """Do what a working engine does with the canary."""
    found = EICAR in caller.take_file()
    caller.say(b"stream: Eicar FOUND\n" if found else b"stream: OK\n")


def hangs_up(caller: Caller) -> None:
    caller.hang_up()


def resets(caller: Caller) -> None:
    caller.reset()


def hangs_up_after_the_file(caller: Caller) -> None:
    caller.take_file()


def dies_in_the_middle(caller: Caller) -> None:
    caller.take_chunk()
    caller.hang_up()


def says_ok_to_the_first_chunk(caller: Caller) -> None:
    caller.take_chunk()
    caller.say(b"stream: OK\n")


def finds_it_in_the_first_chunk(caller: Caller) -> None:
    caller.take_chunk()
    caller.say(b"stream: Win.Test FOUND\n")


def stops_at_its_limit(caller: Caller) -> None:
    caller.take_chunk()
    caller.say(b"INSTREAM size limit exceeded. ERROR\n")


def fills_its_disk(caller: Caller) -> None:
    caller.take_chunk()
    caller.say(FULL_DISK)


def says_ok_and_then_changes_its_mind(caller: Caller) -> None:
    caller.take_file()
    caller.say(b"stream: OK\n")
    time.sleep(0.02)
    caller.say(b"stream: Win.Test FOUND\n")


def says_ok_and_stays(caller: Caller) -> None:
    caller.take_file()
    caller.say(b"stream: OK\n")
    caller.reader.read(1)


def dribbles_ok(caller: Caller) -> None:
    caller.take_file()
    for byte in b"stream: OK\n":
        caller.say(bytes([byte]))


SCRIPTS: list[tuple[Behaviour, Verdict.Value]] = [
    (says(b"stream: OK\n"), CLEAN),
    (dribbles_ok, CLEAN),
    (says_ok_and_stays, CLEAN),
    (says_ok_and_then_changes_its_mind, ERROR),
    (says(b"stream: Eicar-Test-Signature FOUND\n"), INFECTED),
    (says(b"stream: Portal.Test.UNOFFICIAL FOUND\n"), INFECTED),
    (says(b"stream: Win.Test(44d88612fea8a8f36de82e1278abb02f:68) FOUND\n"), INFECTED),
    (says(b"stream: Heuristics.OLE2.ContainsMacros FOUND\n"), INFECTED),
    (finds_it_in_the_first_chunk, INFECTED),
    (says(b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\n"), UNSCANNABLE),
    (says(b"stream: Heuristics.Encrypted.Zip FOUND\n"), UNSCANNABLE),
    (says(b"stream: Heuristics.Encrypted.PDF.UNOFFICIAL FOUND\n"), UNSCANNABLE),
    (says(b"INSTREAM size limit exceeded. ERROR\n"), UNSCANNABLE),
    (stops_at_its_limit, UNSCANNABLE),
    (says(b"stream: Can't allocate memory ERROR\n"), ERROR),
    (says(b"stream: OK ERROR\n"), ERROR),
    (fills_its_disk, ERROR),
    (says(b"COMMAND READ TIMED OUT\n"), ERROR),
    (says(b"UNKNOWN COMMAND\n"), ERROR),
    (says(b"stream: ok\n"), ERROR),
    (says(b" stream: OK\n"), ERROR),
    (says(b"stream: OK \n"), ERROR),
    (says(b"stream: OK\r\n"), ERROR),
    (says(b"stream: OK"), ERROR),
    (says(b"stream: OK\0"), ERROR),
    (says(b"stream: OK\nstream: Win.Test FOUND\n"), ERROR),
    (says(b"file: OK\n"), ERROR),
    (says(b"stream: \xff\xfe\n"), ERROR),
    (says(b"\n"), ERROR),
    (says(b"x" * 10_000 + b"\n"), ERROR),
    (says(b""), ERROR),
    (hangs_up, ERROR),
    (hangs_up_after_the_file, ERROR),
    (resets, ERROR),
    (dies_in_the_middle, ERROR),
    (says_ok_to_the_first_chunk, ERROR),
]
