"""Where the pictures of pages are kept: a cache beside the bytes, never a part of them.

By default a folder of the data directory; with bytes in a bucket, any Django storage that the
setting names, so that all web processes see the same pictures. What is lost is drawn again.
"""

import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages


class PicturesOnDisk(FileSystemStorage):
    """A folder in which a file is there as a whole or not at all."""

    @property
    def location(self) -> str:
        """The folder."""
        return str(settings.PAGE_PICTURES_DIR)

    @property
    def base_location(self) -> str:
        """The folder."""
        return self.location

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = target.with_name(f".{secrets.token_hex(8)}")
        try:
            unfinished.write_bytes(content.read())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself: the same page drawn again takes its place."""
        return name

    def remove_folder(self, folder: str) -> None:
        """Remove an empty folder; a bucket has none."""
        with suppress(OSError):
            Path(self.path(folder)).rmdir()


def pictures_storage() -> Storage:
    """Return the storage the settings name."""
    return storages["page_pictures"]


def _folder(sha256: str, made_by: str) -> str:
    return f"{sha256[:2]}/{sha256}-{made_by}"


def keep_page(sha256: str, made_by: str, number: int, picture: bytes) -> None:
    """Keep the picture of one page, counted from 1."""
    storage = pictures_storage()
    name = f"{_folder(sha256, made_by)}/{number}"
    if not isinstance(storage, PicturesOnDisk):
        storage.delete(name)
    storage.save(name, ContentFile(picture))


def read_page(sha256: str, made_by: str, number: int) -> bytes | None:
    """Return the picture of one page, counted from 1; ``None`` when the cache has lost it."""
    try:
        with pictures_storage().open(f"{_folder(sha256, made_by)}/{number}") as kept:
            picture: bytes = kept.read()
    except FileNotFoundError:
        return None
    return picture


def forget_pages(sha256: str, made_by: str, most: int) -> None:
    """Remove the pictures of a file, of which there are ``most`` at most."""
    storage = pictures_storage()
    folder = _folder(sha256, made_by)
    for number in range(1, most + 1):
        storage.delete(f"{folder}/{number}")
    if isinstance(storage, PicturesOnDisk):
        storage.remove_folder(folder)
