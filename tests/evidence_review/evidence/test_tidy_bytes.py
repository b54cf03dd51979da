"""Bytes that were never acknowledged go after an hour; all others stay."""

import os
import time
from pathlib import Path

import pytest

from evidence_review.evidence.actions.tidy_bytes import tidy_bytes
from evidence_review.evidence.storage import LocalByteStore, byte_store
from tests.factories import VersionFactory, keep

pytestmark = pytest.mark.django_db
_LONG_AGO = time.time() - 2 * 60 * 60


def _age(path: Path) -> None:
    os.utime(path, (_LONG_AGO, _LONG_AGO))


def _age_kept(sha256: str) -> None:
    store = byte_store()
    assert isinstance(store, LocalByteStore)
    with store.local_copy(sha256) as path:
        _age(path)


def test_old_bytes_without_a_version_are_removed() -> None:
    sha256 = keep(b"never acknowledged")
    _age_kept(sha256)
    assert tidy_bytes() == 1
    assert not byte_store().exists(sha256)


def test_fresh_bytes_without_a_version_stay() -> None:
    sha256 = keep(b"its row comes in a moment")
    assert tidy_bytes() == 0
    assert byte_store().exists(sha256)


def test_old_bytes_with_a_version_stay() -> None:
    version = VersionFactory.create(stored=True)
    _age_kept(version.sha256)
    assert tidy_bytes() == 0
    assert byte_store().exists(version.sha256)


def test_old_bytes_that_come_again_are_fresh() -> None:
    sha256 = keep(b"sent twice")
    _age_kept(sha256)
    keep(b"sent twice")
    assert tidy_bytes() == 0


def test_half_received_files_are_removed_after_an_hour() -> None:
    old, new = byte_store().incoming() / "upload-old", byte_store().incoming() / "upload-new"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    _age(old)
    assert tidy_bytes() == 1
    assert new.exists()
