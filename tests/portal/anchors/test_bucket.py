"""A bucket gets checkpoints that nobody can change, or the portal says why not."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from pytest_django import Settings

from portal.anchors.places.bucket import bucket_place
from portal.anchors.places.place import NotKept
from portal.sealing.models import Seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give a client of a made-up S3."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1" if name.endswith("REGION") else "testing")
    with mock_aws():
        yield boto3.client("s3")


def test_a_checkpoint_is_locked_for_years(seal: Seal, s3: Any, settings: Settings) -> None:
    settings.ANCHOR_BUCKET_DAYS = 100
    s3.create_bucket(Bucket="seals", ObjectLockEnabledForBucket=True)

    bucket_place("seals").keep(seal)

    (found,) = s3.list_object_versions(Bucket="seals")["Versions"]
    kept = s3.get_object(Bucket="seals", Key=found["Key"])
    assert kept["Body"].read().decode() == seal.note
    assert kept["ObjectLockMode"] == "COMPLIANCE"
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket="seals", Key=found["Key"], VersionId=found["VersionId"])


def test_a_bucket_without_a_lock_is_refused(seal: Seal, s3: Any) -> None:
    s3.create_bucket(Bucket="open")

    with pytest.raises(NotKept, match="no object lock"):
        bucket_place("open").keep(seal)


def test_a_bucket_that_is_not_there_is_told(seal: Seal, s3: Any) -> None:
    with pytest.raises(NotKept, match="is not there"):
        bucket_place("nowhere").keep(seal)


def test_a_store_that_does_not_answer_is_told(
    seal: Seal, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    settings.ANCHOR_BUCKET_ENDPOINT_URL = "http://127.0.0.1:9"

    with pytest.raises(NotKept, match="did not answer"):
        bucket_place("seals").keep(seal)
