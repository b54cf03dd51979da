"""The cache of page pictures: on disk, and beside the bytes in a bucket; never among the bytes."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from pytest_django import Settings

from evidence_review.evidence.storage import LocalByteStore
from evidence_review.extraction.cache import forget_pages, keep_page, read_page
from evidence_review.extraction.pictures import pictures_in

SHA256 = "ab" * 32
_BUCKET = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {"bucket_name": "evidence", "endpoint_url": None, "location": "page-pictures"},
}


@pytest.fixture(params=["disk", "bucket"])
def where(
    request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Keep pictures on disk, then in a bucket as the settings describe it."""
    if request.param == "disk":
        yield "disk"
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1" if name.endswith("REGION") else "testing")
    settings.STORAGES = settings.STORAGES | {"page_pictures": _BUCKET}
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="evidence")
        yield "bucket"


def test_a_page_is_read_as_it_was_kept_last_and_gone_once_forgotten(where: str) -> None:
    assert read_page(SHA256, "1", 1) is None
    keep_page(SHA256, "1", 1, b"first")
    keep_page(SHA256, "1", 1, b"again")
    keep_page(SHA256, "2", 1, b"by a newer renderer")
    assert read_page(SHA256, "1", 1) == b"again"
    forget_pages(SHA256, "1", 20)
    assert read_page(SHA256, "1", 1) is None
    assert read_page(SHA256, "2", 1) == b"by a newer renderer"


def test_pictures_are_never_counted_among_the_kept_bytes(
    bytes_dir: Path, pictures_dir: Path
) -> None:
    keep_page(SHA256, "1", 1, b"picture")
    assert [path.name for path in pictures_dir.rglob("*") if path.is_file()] == ["1"]
    assert list(LocalByteStore.from_settings().all()) == []


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\x00\x00",
        (12).to_bytes(4, "big") + b"RIFF0000WE",
        (12).to_bytes(4, "big") + b"<html></html",
        b"\xff\xff\xff\xff" + b"RIFF0000WEBP",
    ],
    ids=["nothing", "no length", "too short", "no picture", "too long"],
)
def test_what_is_no_picture_is_not_believed(written: bytes, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.write_bytes((12).to_bytes(4, "big") + b"RIFF0000WEBP" + written)
    with output.open("rb") as source:
        assert list(pictures_in(source)) == [b"RIFF0000WEBP"]
