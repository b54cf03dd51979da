"""What the tests of bad input share."""

import pytest
from pytest_django import Settings

from tests.architecture.visitors import CONTENT, house
from tests.evidence_review.scanning import doubles
from tests.factories import keep

__all__ = ["house"]


@pytest.fixture(autouse=True)
def ready(settings: Settings, bytes_dir: object) -> None:
    """Let the scanner be ready and the files of the house be there."""
    settings.SCANNER = doubles.CLEAN
    keep(CONTENT)
