"""The parts of an Office or OpenDocument file that are files themselves: pictures, objects, fonts.

ClamAV opens such files too, but passes over what its limits or its unpacker do not reach, and then
says OK. So each part that is not the document's own XML is put before it once more, by itself.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from evidence_review.evidence.gate.kinds import KINDS

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a broken part raises."""
_OWN_XML = (".xml", ".rels", ".vml", "/mimetype", "/")


def has_members(extension: str) -> bool:
    """Tell whether files of this extension are made of parts."""
    kind = KINDS.get(extension)
    return kind is not None and kind.shape == "package"


def opaque_members(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Give name, unpacked size in bytes and content of each part that is a file itself.

    The gate has bounded number and size of the parts before. Raises one of ``UNREADABLE``.
    """
    with zipfile.ZipFile(path) as package:
        for member in package.infolist():
            if f"/{member.filename}".lower().endswith(_OWN_XML) or not member.file_size:
                continue
            with package.open(member) as content:
                yield member.filename, member.file_size, content
