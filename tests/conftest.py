"""What every test may ask for; a fixture lives in the file of ``tests/fixtures`` named after it."""

import gc
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.clamd",
    "tests.fixtures.jobs",
    "tests.fixtures.network",
    "tests.fixtures.scanning",
]


def pytest_collection_finish() -> None:
    """Look for garbage only among what the tests make: what was imported stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def bytes_dir(settings: Settings, tmp_path: Path) -> Path:
    """Keep everything a test stores under its own temporary folder; return the folder of bytes."""
    data = tmp_path / "data"
    settings.PORTAL_DATA = data
    settings.PORTAL_DEMO_MARKER = data / "demo-portal"
    kept, quarantine = data / "bytes", data / "quarantine"
    kept.mkdir(parents=True)
    quarantine.mkdir()
    settings.BYTES_DIR = kept
    settings.QUARANTINE_DIR = quarantine
    settings.SEALER_DIR = str(data / "sealer")
    return kept


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Let no throttle, counter or cached page of one test reach the next."""
    cache.clear()
