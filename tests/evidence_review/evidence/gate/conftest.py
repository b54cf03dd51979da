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
from evidence_review.evidence.gate.room import Room

TESTS = Path(__file__).parents[3]
ROGUES = "tests.files.rogue_jobs"

Judge = Callable[..., GateResult]
Ask = Callable[..., Answer]


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

    def put(job: str, **limits: int | float) -> Answer:
        with path.open("rb") as source:
            return rogue_room.ask(
                job, source.fileno(), extension="txt", limits=Limits(**{"seconds": 5, **limits})
            )

    return put
