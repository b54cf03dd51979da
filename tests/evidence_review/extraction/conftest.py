"""Clean, kept files whose inside was or was not asked for, and rooms with rogues in them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from evidence_review.evidence.gate import KINDS, Limits
from evidence_review.evidence.gate.answers import Answer
from evidence_review.evidence.gate.room import Room
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction import room as rooms
from tests.factories import VersionFactory

Kept = Callable[..., EvidenceVersion]


@pytest.fixture(autouse=True)
def pictures_dir(settings: Settings, bytes_dir: Path) -> Path:
    """Keep pictures under the test's own folder."""
    settings.PAGE_PICTURES_DIR = bytes_dir.parent / "page-pictures"
    return bytes_dir.parent / "page-pictures"


@pytest.fixture(autouse=True)
def asked_when_clean(settings: Settings) -> None:
    """Look inside what becomes clean, as the portal does."""
    settings.CLEAN_FOLLOWERS = ["evidence_review.extraction.actions.ask.version_is_clean"]


@pytest.fixture(autouse=True)
def no_ocr(settings: Settings) -> None:
    """Let what a test finds not hang on a program that is installed or not."""
    settings.OCR_PROGRAM = ""


@pytest.fixture
def kept(db: None) -> Kept:
    """Make clean versions in review of files whose bytes are kept."""

    def make(content: bytes, extension: str = "pdf", **kwargs: Any) -> EvidenceVersion:
        made: EvidenceVersion = VersionFactory.create(
            content=content,
            stored=True,
            extension=extension,
            media_type=KINDS[extension].media_type,
            original_name=f"policy.{extension}",
            **kwargs,
        )
        assert made.sha256 == hashlib.sha256(content).hexdigest()
        return made

    return make


@pytest.fixture
def rogues(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put a job of ``tests.files.rogue_jobs`` in place of what the room is asked to do."""
    room = Room("tests.files.rogue_jobs", also_visible=(Path(__file__).resolve().parents[2],))

    def use(name: str) -> None:
        monkeypatch.setattr(rooms, "ROOM", _Misled(room, name))

    yield use
    room.close()


class _Misled:
    """A room that does another job than it is asked to."""

    def __init__(self, room: Room, job: str) -> None:
        self._room, self._job = room, job

    def ask(self, _job: str, source: int, *, limits: Limits, **rest: Any) -> Answer:
        """Have the file looked at by the rogue, for a second at most."""
        return self._room.ask(self._job, source, limits=replace(limits, seconds=1.0), **rest)
