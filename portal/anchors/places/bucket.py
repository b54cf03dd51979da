"""An S3-compatible bucket with object lock: not even its owner can change what is in it."""

from datetime import timedelta
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.anchors.models import AnchorKind
from portal.anchors.places.place import NotKept, Place, file_name
from portal.sealing.models import Seal

_WHY = {
    "NoSuchBucket": "The bucket for checkpoints is not there. Make it, with object lock.",
    "AccessDenied": "The bucket for checkpoints refused the portal. Give it the right to put "
    "objects and to lock them.",
    "InvalidRequest": "The bucket for checkpoints has no object lock, so what is in it could be "
    "changed. Make one with object lock.",
}


def bucket_place(bucket: str) -> Place:
    """Return the bucket as a place."""

    def keep(seal: Seal) -> bytes:
        try:
            _keep(_client(), bucket, seal)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", "unknown"))
            raise NotKept(
                _WHY.get(code) or f"The bucket for checkpoints refused one, with {code}."
            ) from error
        except BotoCoreError as error:
            raise NotKept(
                "The bucket for checkpoints did not answer. Look at its address and the keys."
            ) from error
        return b""

    return Place(AnchorKind.BUCKET, f"bucket:{bucket}"[:100], f"Bucket {bucket}", True, keep)


def _client() -> Any:
    """Return a client with the credentials of the environment, which gives up in time."""
    boto3_client = import_string("boto3.client")
    patience = Config(connect_timeout=10, read_timeout=20, retries={"max_attempts": 2})
    return boto3_client(
        "s3", endpoint_url=settings.ANCHOR_BUCKET_ENDPOINT_URL or None, config=patience
    )


def _keep(client: Any, bucket: str, seal: Seal) -> None:
    """Put the checkpoint, locked, and ask whether the lock holds."""
    key = f"checkpoints/{file_name(seal)}.txt"
    until = timezone.now() + timedelta(days=settings.ANCHOR_BUCKET_DAYS)
    client.put_object(
        Bucket=bucket,
        Key=key,
        Body=seal.note.encode(),
        ContentType="text/plain; charset=utf-8",
        ChecksumAlgorithm="SHA256",
        ObjectLockMode="COMPLIANCE",
        ObjectLockRetainUntilDate=until,
    )
    if client.head_object(Bucket=bucket, Key=key).get("ObjectLockMode") != "COMPLIANCE":
        raise NotKept(_WHY["InvalidRequest"])
