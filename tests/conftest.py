"""What every test may ask for; each fixture lives in a file of ``tests/fixtures`` named after it."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.clamd",
    "tests.fixtures.jobs",
    "tests.fixtures.network",
]


@pytest.fixture(autouse=True)
def bytes_dir(settings: Settings, tmp_path: Path) -> Path:
    """Keep everything a test stores under its own temporary folder; return the folder of bytes."""
    data = tmp_path / "data"
    settings.PORTAL_DATA = data
    settings.PORTAL_DEMO_MARKER = data / "demo-portal"
    settings.BYTES_DIR = data / "bytes"
    settings.QUARANTINE_DIR = data / "quarantine"
    settings.BYTES_DIR.mkdir(parents=True)
    settings.QUARANTINE_DIR.mkdir()
    return settings.BYTES_DIR


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Let no throttle, counter or cached page of one test reach the next."""
    cache.clear()
