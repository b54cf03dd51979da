"""A folder in which files can be made but not changed."""

import errno
import os
from pathlib import Path

from portal.anchors.models import AnchorKind
from portal.anchors.places.place import NotKept, Place, file_name
from portal.sealing.models import Seal

_READ_ONLY = 0o444
_MOST_TRIES = 9
_WHY = {
    errno.ENOSPC: "There is no room left in the folder for checkpoints. Make room.",
    errno.EDQUOT: "There is no room left in the folder for checkpoints. Make room.",
    errno.ENOENT: "The folder for checkpoints is not there. Make it, or connect its disk.",
    errno.ENOTDIR: "PORTAL_ANCHOR_FOLDER names a file, not a folder. Correct it.",
    errno.EACCES: "The portal may not write into the folder for checkpoints. Give it the right to.",
    errno.EPERM: "The portal may not write into the folder for checkpoints. Give it the right to.",
    errno.EROFS: "The disk of the folder for checkpoints can only be read. Put that right.",
}


def folder_place(folder: Path) -> Place:
    """Return the folder as a place."""

    def keep(seal: Seal) -> bytes:
        try:
            _keep(folder, seal)
        except OSError as error:
            known = _WHY.get(error.errno or 0)
            raise NotKept(
                known or f"The folder for checkpoints does not work: {error.strerror or error}."
            ) from error
        return b""

    return Place(AnchorKind.FOLDER, "folder", f"Append-only folder, {folder}", True, keep)


def _keep(folder: Path, seal: Seal) -> None:
    """Write a new file, never over another, and flush it and its name to the disk.

    A try that was cut short leaves a part of a file that nobody may remove: the next gets a name
    of its own.
    """
    for number in range(1, _MOST_TRIES + 1):
        path = folder / f"{file_name(seal)}{f'-{number}' if number > 1 else ''}.txt"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READ_ONLY)
        except FileExistsError:
            if path.read_bytes() == seal.note.encode():
                return
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(seal.note.encode())
            file.flush()
            os.fsync(file.fileno())
        _sync(folder)
        return
    raise NotKept(
        "The folder for checkpoints holds broken files of today. Find out what breaks them."
    )


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
