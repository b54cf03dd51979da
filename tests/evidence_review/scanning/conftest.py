"""What the tests of the virus check share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.evidence_review.scanning.scripted_clamd import ScriptedClamd, scripted_clamd


@pytest.fixture
def script(tmp_path: Path, settings: Settings) -> Iterator[ScriptedClamd]:
    """Point the portal at a scripted clamd; a test sets its ``behaviour``."""
    with scripted_clamd(tmp_path) as daemon:
        settings.CLAMD_SOCKET = str(daemon.path)
        settings.SCAN_DEADLINE_SECONDS = 5
        settings.SCANNER_ANSWERS_SECONDS = 5
        yield daemon
