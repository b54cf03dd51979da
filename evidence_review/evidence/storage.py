"""Durable, content-addressed storage of bytes.

A file is kept under its SHA-256, so nothing is ever overwritten and the same bytes are kept once.
The order is: write and sync a temporary file in the same file system, link it to its name without
overwriting, sync the directories, and only then write the row. Django's own file storage never
calls fsync, which loses acknowledged files in a power cut.
"""

import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256 as new_sha256
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from portal.faults import fault_point

CHUNK = 256 * 1024


class BytesMissing(Exception):
    """There are no bytes under this SHA-256: never kept, or moved to quarantine."""


class ByteStore(Protocol):
    """Keeps bytes by their SHA-256 (64 hex digits)."""

    def incoming(self) -> Path:
        """Return a folder for temporary files from which :meth:`keep` is cheap."""

    def keep(self, received: Path, sha256: str) -> None:
        """Keep the received file durably; when this returns it survives a power cut."""

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes for reading. Raises BytesMissing."""

    def local_copy(self, sha256: str) -> Any:
        """Context manager giving the path of a file with the bytes, to read only."""

    def exists(self, sha256: str) -> bool:
        """Tell whether the bytes are kept."""

    def kept_at(self, sha256: str) -> float | None:
        """Return when the bytes were last kept (seconds since 1970), or None without them."""

    def quarantine(self, sha256: str) -> None:
        """Move the bytes to where nothing serves them. Doing it twice does no harm."""

    def in_quarantine(self, sha256: str) -> bool:
        """Tell whether the bytes were moved to quarantine."""

    def discard(self, sha256: str, *, kept_before: float = math.inf) -> None:
        """Remove bytes that no row needs, unless they were kept again since ``kept_before``."""

    def discard_from_quarantine(self, sha256: str) -> None:
        """Remove bytes from quarantine. Doing it twice does no harm."""

    def all(self) -> Iterator[tuple[str, float]]:
        """Give every kept SHA-256 with the time it was kept (seconds since 1970)."""


def sync_directory(folder: Path) -> None:
    """Make the folder's entries survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex, read in pieces."""
    digest = new_sha256()
    with path.open("rb") as source:
        while piece := source.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


class LocalByteStore:
    """Bytes in a folder of this machine: ``BYTES_DIR/ab/abcd...``."""

    def __init__(self, root: Path, quarantine: Path) -> None:
        self.root, self.quarantined = root, quarantine

    @classmethod
    def from_settings(cls) -> "LocalByteStore":
        """Return the store the settings describe."""
        return cls(settings.BYTES_DIR, settings.QUARANTINE_DIR)

    def incoming(self) -> Path:
        """Return the folder for files on their way in, in the same file system."""
        folder = self.root / "incoming"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not all(digit in "0123456789abcdef" for digit in sha256):
            raise BytesMissing(sha256)
        # One level of 256 folders: they are there after the first few files, so that an upload
        # seldom has to make one and sync it.
        return self.root / sha256[:2] / sha256

    def keep(self, received: Path, sha256: str) -> None:
        """Keep the file under its SHA-256, durably, without copying it."""
        target = self._path(sha256)
        self._make_folder(target.parent)
        with received.open("rb") as handle:
            os.fsync(handle.fileno())
        fault_point("upload.before_link")
        try:
            os.link(received, target)
        except FileExistsError:
            # The same bytes again: fresh time, so that the sweep of orphans leaves them alone.
            os.utime(target)
        else:
            target.chmod(0o400)
        sync_directory(target.parent)

    def _make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            new.mkdir(exist_ok=True, mode=0o700)
            sync_directory(new.parent)

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes for reading."""
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise BytesMissing(sha256) from None

    @contextmanager
    def local_copy(self, sha256: str) -> Iterator[Path]:
        """Give the file itself: it is already on this machine."""
        path = self._path(sha256)
        if not path.exists():
            raise BytesMissing(sha256)
        yield path

    def exists(self, sha256: str) -> bool:
        """Tell whether the bytes are kept."""
        return self._path(sha256).exists()

    def kept_at(self, sha256: str) -> float | None:
        """Return when the bytes were last kept, or None without them."""
        try:
            return self._path(sha256).stat().st_mtime
        except FileNotFoundError:
            return None

    def quarantine(self, sha256: str) -> None:
        """Move the bytes out of what is served; they stay for those who examine the incident."""
        self._make_folder(self.quarantined)
        with suppress(FileNotFoundError):
            self._path(sha256).rename(self.quarantined / sha256)
            sync_directory(self.quarantined)

    def in_quarantine(self, sha256: str) -> bool:
        """Tell whether the bytes were moved to quarantine."""
        return (self.quarantined / self._path(sha256).name).exists()

    def discard(self, sha256: str, *, kept_before: float = math.inf) -> None:
        """Remove bytes that no row needs: set aside first, so no upload comes in between."""
        path, aside = self._path(sha256), self.incoming() / f"discard-{sha256}"
        with suppress(FileNotFoundError):
            path.rename(aside)
            if aside.stat().st_mtime >= kept_before:
                with suppress(FileExistsError):
                    os.link(aside, path)
            aside.unlink()
            sync_directory(path.parent)

    def discard_from_quarantine(self, sha256: str) -> None:
        """Remove bytes from quarantine."""
        (self.quarantined / self._path(sha256).name).unlink(missing_ok=True)
        if self.quarantined.exists():
            sync_directory(self.quarantined)

    def all(self) -> Iterator[tuple[str, float]]:
        """Give every kept SHA-256 with the time it was kept."""
        for path in self.root.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):
                yield path.name, path.stat().st_mtime


class S3ByteStore:
    """Bytes in an S3-compatible bucket, ``bytes/<sha256>``; a put that is answered is durable."""

    def __init__(self, client: Any, bucket: str) -> None:
        self.client, self.bucket = client, bucket

    @classmethod
    def from_settings(cls) -> "S3ByteStore":
        """Return the store the settings describe; credentials come from the environment."""
        boto3 = import_string("boto3.client")
        client = boto3("s3", endpoint_url=settings.S3_ENDPOINT_URL or None)
        return cls(client, settings.S3_BUCKET)

    def incoming(self) -> Path:
        """Return a local folder: files are sent on when they are kept."""
        folder = Path(settings.BYTES_DIR) / "incoming"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def keep(self, received: Path, sha256: str) -> None:
        """Send the file to the bucket under its SHA-256."""
        self.client.upload_file(str(received), self.bucket, f"bytes/{sha256}")

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes for reading, as a local temporary file that can seek."""
        spool = tempfile.TemporaryFile(dir=self.incoming())  # noqa: SIM115 - the caller closes it
        try:
            self.client.download_fileobj(self.bucket, f"bytes/{sha256}", spool)
        except self.client.exceptions.ClientError as error:
            spool.close()
            if error.response["Error"]["Code"] not in ("404", "NoSuchKey"):
                raise
            raise BytesMissing(sha256) from error
        spool.seek(0)
        return cast("BinaryIO", spool)

    @contextmanager
    def local_copy(self, sha256: str) -> Iterator[Path]:
        """Give a temporary local file with the bytes."""
        with self.open(sha256) as source, tempfile.NamedTemporaryFile(dir=self.incoming()) as copy:
            shutil.copyfileobj(source, copy, CHUNK)
            copy.flush()
            yield Path(copy.name)

    def exists(self, sha256: str) -> bool:
        """Tell whether the bytes are kept."""
        return self.kept_at(sha256) is not None

    def kept_at(self, sha256: str) -> float | None:
        """Return when the bytes were last kept, or None without them."""
        try:
            found = self.client.head_object(Bucket=self.bucket, Key=f"bytes/{sha256}")
        except self.client.exceptions.ClientError as error:
            # Only "it is not there" is an answer: no access, or no bucket, must be heard.
            if error.response["Error"]["Code"] not in ("404", "NoSuchKey"):
                raise
            return None
        kept_at: float = found["LastModified"].timestamp()
        return kept_at

    def quarantine(self, sha256: str) -> None:
        """Move the bytes to the bucket's quarantine."""
        if self.exists(sha256):
            source = {"Bucket": self.bucket, "Key": f"bytes/{sha256}"}
            self.client.copy_object(
                Bucket=self.bucket, Key=f"quarantine/{sha256}", CopySource=source
            )
            self.discard(sha256)

    def in_quarantine(self, sha256: str) -> bool:
        """Tell whether the bytes were moved to the bucket's quarantine."""
        found = self.client.list_objects_v2(Bucket=self.bucket, Prefix=f"quarantine/{sha256}")
        return bool(found.get("KeyCount"))

    def discard(self, sha256: str, *, kept_before: float = math.inf) -> None:
        """Remove bytes that no row needs; the time is looked at a moment before."""
        if kept_before < math.inf and (self.kept_at(sha256) or 0) >= kept_before:
            return
        self.client.delete_object(Bucket=self.bucket, Key=f"bytes/{sha256}")

    def discard_from_quarantine(self, sha256: str) -> None:
        """Remove bytes from the bucket's quarantine."""
        self.client.delete_object(Bucket=self.bucket, Key=f"quarantine/{sha256}")

    def all(self) -> Iterator[tuple[str, float]]:
        """Give every kept SHA-256 with the time it was kept."""
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix="bytes/"):
            for entry in page.get("Contents", ()):
                yield entry["Key"].removeprefix("bytes/"), entry["LastModified"].timestamp()


@cache
def _store_named(path: str) -> type[LocalByteStore] | type[S3ByteStore]:
    return cast("type[LocalByteStore] | type[S3ByteStore]", import_string(path))


def byte_store() -> ByteStore:
    """Return the store the settings name."""
    return _store_named(settings.BYTE_STORE).from_settings()
