"""Rooms and files for the tests of the gate."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence_review.evidence.gate import (
    GateResult,
    Limits,
    extension_of,
    inspect,
    media_type_for,
    sandbox,
)
from evidence_review.evidence.gate.answers import Answer
from evidence_review.evidence.gate.parsers import JOBS
from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.room import Room

TESTS = Path(__file__).parents[3]
ROGUES = "tests.files.rogue_jobs"

Judge = Callable[..., GateResult]
Ask = Callable[..., Answer]
Parse = Callable[..., Findings]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Put bytes through the whole gate under a name; ``limits`` may be given."""

    def put(name: str, data: bytes, limits: Limits | None = None) -> GateResult:
        path = tmp_path / "upload"
        path.write_bytes(data)
        media_type = media_type_for(extension_of(name), "")
        return inspect(path, name=name, media_type=media_type, limits=limits)

    return put


@pytest.fixture(scope="module", params=["bubblewrap", "alone"])
def rogue_room(request: pytest.FixtureRequest) -> Iterator[Room]:
    """A room whose parsers misbehave, with bubblewrap around it and without."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "alone":
            patch.setattr(sandbox, "_working_bubblewrap", lambda: None)
        elif sandbox._working_bubblewrap() is None:
            pytest.skip("bubblewrap does not work on this machine")
        room = Room(ROGUES, also_visible=(TESTS,))
        yield room
        room.close()


@pytest.fixture
def ask(rogue_room: Room, tmp_path: Path) -> Ask:
    """Have a rogue parser look at a small file, under limits that end soon."""
    path = tmp_path / "file"
    path.write_bytes(b"hello")

    def put(job: str, seconds: float = 5, cpu_seconds: int = 20) -> Answer:
        limits = Limits(seconds=seconds, cpu_seconds=cpu_seconds)
        with path.open("rb") as source:
            return rogue_room.ask(job, source.fileno(), extension="txt", limits=limits)

    return put


@pytest.fixture
def parse(tmp_path: Path) -> Parse:
    """Give bytes to a parser in this very process; only for files made by the tests themselves."""

    def put(data: bytes, extension: str, limits: Limits | None = None) -> Findings:
        path = tmp_path / "parsed"
        path.write_bytes(data)
        with path.open("rb") as source:
            work = Work(source=source, extension=extension, limits=limits or Limits())
            try:
                return JOBS[extension](work)
            except Refused as refused:
                return Findings([refused.code])

    return put
