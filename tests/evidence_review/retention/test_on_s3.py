"""The same promise with the bytes in a bucket: what was disposed of is gone from it."""

import hashlib
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from pytest_django import Settings

from evidence_review.evidence.storage import byte_store
from evidence_review.retention.actions import discard_bytes as discarding
from evidence_review.retention.invariants import disposed_bytes_are_gone
from evidence_review.retention.models import Disposal
from tests.factories import EvidenceFactory, VersionFactory

CONTENT = b"who was there"


@pytest.mark.django_db
def test_the_bytes_leave_the_bucket(
    settings: Settings, bytes_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1" if name.endswith("REGION") else "testing")
    settings.BYTE_STORE = "evidence_review.evidence.storage.S3ByteStore"
    settings.S3_BUCKET = "evidence"
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="evidence")
        VersionFactory(disposed=True, stored=True, content=CONTENT, evidence=EvidenceFactory())
        sha256 = hashlib.sha256(CONTENT).hexdigest()
        # The bucket dates what it takes in itself, so the hour that an upload may take is over.
        monkeypatch.setattr(discarding, "UPLOAD_MAY_TAKE", timedelta(seconds=-5))
        assert Disposal.objects.exists()
        assert discarding.sweep_discards() == 1
        assert not byte_store().exists(sha256)
        assert list(disposed_bytes_are_gone()) == []
