"""What the tests of the virus check share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from evidence_review.evidence.models import EvidenceVersion
from portal.record.models import Event
from tests.evidence_review.scanning import doubles
from tests.evidence_review.scanning.scripted_clamd import ScriptedClamd, scripted_clamd
from tests.factories import VersionFactory


@pytest.fixture
def script(tmp_path: Path, settings: Settings) -> Iterator[ScriptedClamd]:
    """Point the portal at a scripted clamd; a test sets its ``behaviour``."""
    with scripted_clamd(tmp_path) as daemon:
        settings.CLAMD_SOCKET = str(daemon.path)
        settings.SCAN_DEADLINE_SECONDS = 5
        settings.SCANNER_ANSWERS_SECONDS = 5
        yield daemon


@pytest.fixture
def scanner(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[doubles.CleanScanner]:
    """Put the clean double in place of ClamAV, with nothing scanned yet."""
    settings.SCANNER = doubles.CLEAN
    for name, fresh in (("scanned", []), ("asked", []), ("finds", b"")):
        monkeypatch.setattr(doubles.CleanScanner, name, fresh)
    monkeypatch.setattr(doubles.CleanScanner, "signature_version", "27801")
    return doubles.CleanScanner


@pytest.fixture
def upload(db: None) -> Callable[..., EvidenceVersion]:
    """Make versions of text files that are kept and wait for their check."""

    def make(content: bytes = b"Fire drill held, everybody out.", **kwargs: Any) -> EvidenceVersion:
        given = {"waiting": True, "extension": "txt", "media_type": "text/plain"} | kwargs
        given.setdefault("original_name", f"notes.{given['extension']}")
        made: EvidenceVersion = VersionFactory.create(content=content, stored=True, **given)
        return made

    return make


def verbs_of(version: EvidenceVersion) -> list[str]:
    """Return what the record says of one version, oldest first."""
    events = Event.objects.filter(
        object_ref=version.evidence.public_id, object_version=version.number
    )
    return list(events.order_by("seq").values_list("verb", flat=True))
