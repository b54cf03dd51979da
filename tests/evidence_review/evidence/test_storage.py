"""The byte store keeps, never overwrites, and never serves what is in quarantine."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from evidence_review.evidence.storage import BytesMissing, LocalByteStore, byte_store, sha256_of
from tests.factories import keep

pytestmark = pytest.mark.usefixtures("bytes_dir")


def _received(content: bytes) -> tuple[Path, str]:
    path = byte_store().incoming() / "upload"
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def test_kept_bytes_come_back_as_they_were() -> None:
    sha256 = keep(b"minutes")
    with byte_store().open(sha256) as source:
        assert source.read() == b"minutes"
    with byte_store().local_copy(sha256) as path:
        assert sha256_of(path) == sha256


def test_keeping_the_same_bytes_twice_keeps_them_once() -> None:
    assert keep(b"minutes") == keep(b"minutes")
    assert len(list(byte_store().all())) == 1


def test_keeping_never_overwrites_what_stands_under_the_name() -> None:
    path, sha256 = _received(b"first")
    store = byte_store()
    store.keep(path, sha256)
    path.unlink()
    other, _ = _received(b"other bytes under a stolen name")
    store.keep(other, sha256)
    with store.open(sha256) as source:
        assert source.read() == b"first"


def test_kept_bytes_cannot_be_written_to_by_their_owner(settings: object) -> None:
    store = byte_store()
    assert isinstance(store, LocalByteStore)
    sha256 = keep(b"minutes")
    with store.local_copy(sha256) as path:
        assert path.stat().st_mode & 0o222 == 0


def test_file_and_directories_are_synced_before_keeping_returns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synced: list[str] = []
    real = os.fsync

    def noting(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    path, sha256 = _received(b"minutes")
    byte_store().keep(path, sha256)
    assert synced[-1].endswith(sha256[:2])
    assert str(path) in synced
    assert synced.index(str(path)) < len(synced) - 1


def test_quarantined_bytes_are_served_no_more_and_not_lost(settings: object) -> None:
    store = byte_store()
    assert isinstance(store, LocalByteStore)
    sha256 = keep(b"infected")
    store.quarantine(sha256)
    store.quarantine(sha256)
    assert not store.exists(sha256)
    with pytest.raises(BytesMissing):
        store.open(sha256)
    assert (store.quarantined / sha256).read_bytes() == b"infected"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "A" * 64, "0" * 63 + "/"])
def test_only_a_sha256_names_bytes(name: str) -> None:
    with pytest.raises(BytesMissing):
        byte_store().open(name)


def test_what_is_kept_again_while_it_is_discarded_stays() -> None:
    sha256, store = keep(b"minutes"), byte_store()
    store.discard(sha256, kept_before=time.time() - 3600)
    assert store.exists(sha256)
    store.discard(sha256, kept_before=time.time() + 3600)
    assert not store.exists(sha256)
    assert list(store.incoming().iterdir()) == []
    store.discard(sha256)
