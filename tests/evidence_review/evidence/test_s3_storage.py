"""The same promises with the bytes in an S3-compatible bucket."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from pytest_django import Settings

from evidence_review.evidence.storage import BytesMissing, ByteStore, byte_store, sha256_of

CONTENT = b"minutes"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(
    settings: Settings, bytes_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ByteStore]:
    """Give a store in an empty bucket, chosen by settings alone."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1" if name.endswith("REGION") else "testing")
    settings.BYTE_STORE = "evidence_review.evidence.storage.S3ByteStore"
    settings.S3_BUCKET = "evidence"
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="evidence")
        yield byte_store()


def _keep(store: ByteStore) -> None:
    received = store.incoming() / "upload"
    received.write_bytes(CONTENT)
    store.keep(received, SHA256)


def test_kept_bytes_come_back_as_they_were(store: ByteStore) -> None:
    _keep(store)
    with store.open(SHA256) as source:
        source.seek(3)
        assert source.read() == CONTENT[3:]
    with store.local_copy(SHA256) as path:
        assert sha256_of(path) == SHA256
    assert [sha256 for sha256, _ in store.all()] == [SHA256]


def test_what_is_not_there_is_missing_and_not_an_empty_file(store: ByteStore) -> None:
    assert not store.exists(SHA256)
    assert store.kept_at(SHA256) is None
    with pytest.raises(BytesMissing):
        store.open(SHA256)


def test_quarantined_bytes_are_served_no_more(store: ByteStore) -> None:
    _keep(store)
    store.quarantine(SHA256)
    store.quarantine(SHA256)
    assert not store.exists(SHA256)
    assert list(store.all()) == []


def test_a_bucket_that_is_not_there_is_heard(store: ByteStore, settings: Settings) -> None:
    settings.S3_BUCKET = "another"
    with pytest.raises(Exception, match=r"NoSuchBucket|404|Not Found"):
        _keep(byte_store())


def test_what_is_discarded_is_gone_from_the_bucket_and_from_quarantine(store: ByteStore) -> None:
    _keep(store)
    store.quarantine(SHA256)
    assert store.in_quarantine(SHA256)
    _keep(store)
    for _ in range(2):
        store.discard(SHA256)
        store.discard_from_quarantine(SHA256)
    assert not store.exists(SHA256)
    assert not store.in_quarantine(SHA256)
