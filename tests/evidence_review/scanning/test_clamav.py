"""Every answer and misbehaviour of clamd that was seen, and the verdict it must come to."""

import socket
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from clamd import EICAR

from evidence_review.scanning.clamav import ClamAV, read_version
from evidence_review.scanning.conversation import CHUNK
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.scanner import EngineVersion, ScannerUnavailable, ScanResult
from tests.evidence_review.scanning.scripted_clamd import Behaviour, Caller, ScriptedClamd, says
from tests.evidence_review.scanning.scripts import SCRIPTS

CLEAN, INFECTED = Verdict.Value.CLEAN, Verdict.Value.INFECTED
UNSCANNABLE, ERROR = Verdict.Value.UNSCANNABLE, Verdict.Value.ERROR
BIG = 40 * CHUNK


def scan(content: bytes = b"harmless") -> ScanResult:
    return ClamAV().scan(BytesIO(content), len(content))


@pytest.mark.parametrize(("behaviour", "expected"), SCRIPTS)
def test_each_answer_of_clamd_comes_to_its_verdict(
    script: ScriptedClamd, behaviour: Behaviour, expected: Verdict.Value
) -> None:
    script.behaviour = behaviour
    assert scan(b"h" * BIG).verdict is expected


def test_a_clean_file_reaches_clamd_byte_for_byte(script: ScriptedClamd) -> None:
    def listens(caller: Caller) -> None:
        script.files.append(caller.take_file())
        caller.say(b"stream: OK\n")

    script.behaviour = listens
    content = bytes(range(256)) * 1000
    assert scan(content).verdict is CLEAN
    assert script.files == [content]


def test_the_signature_that_was_found_is_named(script: ScriptedClamd) -> None:
    script.behaviour = says(b"stream: Win.Test.EICAR_HDB-1 FOUND\n")
    assert scan() == ScanResult(INFECTED, signature_name="Win.Test.EICAR_HDB-1")


@pytest.mark.parametrize("said", [b"", b"stream: "])
def test_a_clamd_that_hangs_is_given_up_at_the_deadline(
    script: ScriptedClamd, settings, said: bytes
) -> None:
    settings.SCAN_DEADLINE_SECONDS = 0.05

    def hangs(caller: Caller) -> None:
        caller.take_file()
        caller.say(said)
        script.finished.wait(10)

    script.behaviour = hangs
    began = time.monotonic()
    assert scan().verdict is ERROR
    assert time.monotonic() - began < 2


def test_a_clamd_that_stops_reading_is_given_up_at_the_deadline(
    script: ScriptedClamd, settings
) -> None:
    settings.SCAN_DEADLINE_SECONDS = 0.05

    def reads_nothing(caller: Caller) -> None:
        script.finished.wait(10)

    script.behaviour = reads_nothing
    assert scan(b"h" * BIG).detail in ("timed out", "it did not answer in time")


def test_a_clamd_that_keeps_dribbling_is_given_up_at_the_deadline(
    script: ScriptedClamd, settings
) -> None:
    settings.SCAN_DEADLINE_SECONDS = 0.2

    def dribbles_for_ever(caller: Caller) -> None:
        caller.take_file()
        while not script.finished.wait(0.02):
            caller.say(b"s")

    script.behaviour = dribbles_for_ever
    began = time.monotonic()
    assert scan().verdict is ERROR
    assert time.monotonic() - began < 2


def test_a_full_backlog_does_not_outlast_the_deadline(tmp_path: Path, settings) -> None:
    path = tmp_path / "full.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(0)
        waiting = [socket.socket(socket.AF_UNIX) for _ in range(4)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(str(path))
        settings.CLAMD_SOCKET = str(path)
        settings.SCAN_DEADLINE_SECONDS = 0.05
        began = time.monotonic()
        assert scan().verdict is ERROR
        assert time.monotonic() - began < 2
        for client in waiting:
            client.close()


def test_no_clamd_at_all_is_an_error(tmp_path: Path, settings) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    assert scan().verdict is ERROR
    settings.CLAMD_SOCKET = "127.0.0.1:1"
    assert scan().verdict is ERROR


@pytest.mark.parametrize("claimed", [7, 9])
def test_a_file_of_another_length_than_expected_is_an_error(
    script: ScriptedClamd, claimed: int
) -> None:
    assert ClamAV().scan(BytesIO(b"8 bytes!"), claimed).verdict is ERROR


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("ClamAV 1.4.6", EngineVersion("ClamAV 1.4.6")),
        (
            "ClamAV 1.4.6/27801/Thu Nov 19 08:23:01 2026",
            EngineVersion("ClamAV 1.4.6", "27801", datetime(2026, 11, 19, 8, 23, 1, tzinfo=UTC)),
        ),
        (
            "ClamAV 0.103.12/26/Wed Jan  7 01:02:03 2026",
            EngineVersion("ClamAV 0.103.12", "26", datetime(2026, 1, 7, 1, 2, 3, tzinfo=UTC)),
        ),
    ],
)
def test_the_version_is_read_with_and_without_signatures(
    reply: str, expected: EngineVersion
) -> None:
    assert read_version(reply) == expected


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "PONG",
        "ClamAV",
        "ClamAV 1.4.6/",
        "ClamAV 1.4.6/27801",
        "ClamAV 1.4.6/27801/",
        "ClamAV 1.4.6/27801/yesterday",
        "ClamAV 1.4.6/x/Thu Nov 19 08:23:01 2026",
    ],
)
def test_a_version_that_cannot_be_read_is_not_guessed(reply: str) -> None:
    with pytest.raises(ScannerUnavailable):
        read_version(reply)


def test_a_real_clamd_passes_a_clean_file_and_finds_what_it_knows(clamd: Path) -> None:
    assert scan(b"harmless " * 100_000).verdict is CLEAN
    assert scan(b"").verdict is CLEAN
    found = scan(EICAR)
    assert found.verdict is INFECTED
    assert found.signature_name == "Wellkept.Test.EICAR.UNOFFICIAL"


def test_a_real_clamd_finds_a_marker_in_the_middle_of_a_large_file(clamd: Path) -> None:
    marker = bytes.fromhex(
        "57454c4c4b455054204841524d4c4553532054455354204d41524b455220354431433741"
    )
    content = b"\n".join([b"a" * 3_000_000, marker, b"b" * 3_000_000])
    assert scan(content).verdict is INFECTED


def test_a_real_clamd_that_is_sent_more_than_it_takes_makes_it_unscannable(clamd: Path) -> None:
    size = 151 * 1024 * 1024
    with (clamd.parent / "large").open("w+b") as file:
        file.truncate(size)
        result = ClamAV().scan(file, size)
    assert result.verdict is UNSCANNABLE


def test_a_real_clamd_is_ready_with_test_signatures_only_where_they_are_allowed(
    clamd: Path, settings
) -> None:
    settings.ALLOW_TEST_SIGNATURES = True
    readiness = ClamAV().ready()
    assert (readiness.ready, readiness.test_only, readiness.problem) == (True, True, "")
    settings.ALLOW_TEST_SIGNATURES = False
    assert not ClamAV().ready().ready
