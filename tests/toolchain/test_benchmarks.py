"""The harness of the benchmarks: fair turns and honest floors."""

import hashlib
import io
from pathlib import Path

import pytest

from benchmarks.harness.bench import in_turns, ratio
from benchmarks.harness.client import multipart
from benchmarks.harness.floors import receive
from script.check import bench


def test_what_is_compared_takes_turns_in_a_changing_order() -> None:
    asked: list[str] = []

    def measure(name: str, value: float) -> float:
        asked.append(name)
        return value

    results = in_turns(
        2, {"portal": lambda: measure("p", 3.0), "floor": lambda: measure("f", 2.0)}, warm_up=1
    )
    assert asked == ["p", "f", "f", "p", "p", "f"]
    assert results == {"portal": [3.0, 3.0], "floor": [2.0, 2.0]}


def test_a_ratio_is_the_median_of_its_rounds() -> None:
    assert ratio({"portal": [2, 9, 4], "floor": [1, 3, 1]}, "portal", "floor") == 3


def test_the_floor_of_uploads_hashes_and_keeps_every_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))
    body = b"minutes of the meeting " * 10_000
    statuses: list[str] = []
    environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    answer = b"".join(receive(environ, lambda status, headers: statuses.append(status)))
    assert statuses == ["201 Created"]
    assert answer.decode() == hashlib.sha256(body).hexdigest()


def test_a_form_with_a_file_is_written_as_browsers_do() -> None:
    body, content_type = multipart({"title": "Minutes"}, "a.txt", b"content", "text/plain")
    boundary = content_type.partition("boundary=")[2].encode()
    assert body.startswith(b"--" + boundary + b"\r\n")
    assert body.endswith(b"\r\n--" + boundary + b"--\r\n")
    assert b'name="title"\r\n\r\nMinutes\r\n' in body
    assert b'filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n' in body


def test_an_unknown_benchmark_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench.main(["no-such"]) == 2
    printed = capsys.readouterr().err
    assert "There is no benchmark 'no-such'" in printed
    assert all(name in printed for name in bench.names())
