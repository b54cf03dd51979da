"""Where the files of packs are kept, and where they are written."""

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from evidence_review.evidence.storage import sync_directory
from portal.faults import fault_point


class PacksOnDisk(FileSystemStorage):
    """The folder ``packs`` of the data directory."""

    @property
    def location(self) -> str:
        """The folder."""
        return str(packs_folder())

    @property
    def base_location(self) -> str:
        """The folder."""
        return self.location


class WrittenFile(File[bytes]):
    """A file on this disk that a storage may take as it is, without copying it."""

    def temporary_file_path(self) -> str:
        """Return where it is, which makes Django's own storage rename it."""
        return str(self.name)


def packs_folder() -> Path:
    """Return the folder of packs on this machine."""
    return Path(settings.PORTAL_DATA) / "packs"


def unfinished_folder() -> Path:
    """Return the folder in which packs are written, in the same file system."""
    folder = packs_folder() / "unfinished"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def packs_storage() -> Storage:
    """Return the storage the settings name."""
    return storages["packs"]


def keep_file(written: Path, name: str) -> None:
    """Take a whole, closed file into the storage, in the place of what may lie there."""
    with written.open("rb") as handle:
        os.fsync(handle.fileno())
        fault_point("pack.before_keep")
        storage = packs_storage()
        # Left by a job that was stopped between keeping the file and saying so.
        storage.delete(name)
        storage.save(name, WrittenFile(handle, str(written)))
    if isinstance(storage, PacksOnDisk):
        sync_directory(packs_folder())


def open_file(name: str) -> BinaryIO:
    """Open a kept file. Raises ``FileNotFoundError``."""
    return cast("BinaryIO", packs_storage().open(name))


def remove_file(name: str) -> None:
    """Remove a kept file; no harm if it is gone."""
    with suppress(FileNotFoundError):
        packs_storage().delete(name)
