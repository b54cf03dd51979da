"""Writing a ZIP that has the same bytes whenever it is written from the same members."""

import zipfile
from collections.abc import Callable
from hashlib import sha256 as new_sha256
from typing import BinaryIO, Self

PIECE = 1024 * 1024
_DATED = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE_0644 = 0o100644 << 16


class BytesDiffer(Exception):
    """What was read is not what was approved."""


class SteadyZip:
    """A ZIP whose members are stored as they are, with one date and one mode."""

    def __init__(self, out: BinaryIO) -> None:
        """Write to ``out``, which must be able to seek."""
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True)

    def add(self, path: str, content: bytes) -> None:
        """Add a member that is in memory."""
        with self._open(path, len(content)) as member:
            member.write(content)

    def copy(
        self,
        path: str,
        source: BinaryIO,
        *,
        size: int,
        sha256: str,
        wrote: Callable[[int], None],
    ) -> None:
        """Add a member piece by piece, telling ``wrote`` how many bytes each had.

        Raises:
            BytesDiffer: the source has not this size and SHA-256; the ZIP is of no use then.
        """
        digest, copied = new_sha256(), 0
        with self._open(path, size) as member:
            while piece := source.read(PIECE):
                copied += len(piece)
                if copied > size:
                    break
                digest.update(piece)
                member.write(piece)
                wrote(len(piece))
            if copied != size or digest.hexdigest() != sha256:
                raise BytesDiffer(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Write the list of members at the end; after an error, of what is thrown away anyhow."""
        self._zip.close()

    def _open(self, path: str, size: int) -> BinaryIO:
        info = zipfile.ZipInfo(path, _DATED)
        info.create_system = _UNIX
        info.external_attr = _PLAIN_FILE_0644
        info.file_size = size
        return self._zip.open(info, "w")  # type: ignore[return-value]  # IO[bytes] in the stubs
