"""The chunks of a PNG file."""

import zlib
from dataclasses import dataclass

from evidence_review.evidence.gate.parsers.findings import Refused
from evidence_review.evidence.gate.reasons import Code

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the file from ``start`` to ``end``, with its contents from ``body``."""

    kind: bytes
    start: int
    body: int
    end: int


def read_chunks(data: bytes) -> list[Chunk]:
    """The chunks up to and including the end chunk; raises ``Refused`` for anything else."""
    if not data.startswith(SIGNATURE):
        raise Refused(Code.WRONG_CONTENT)
    chunks: list[Chunk] = []
    start = len(SIGNATURE)
    while not chunks or chunks[-1].kind != b"IEND":
        length = int.from_bytes(data[start : start + 4], "big")
        end = start + 12 + length
        if end > len(data):
            raise Refused(Code.DAMAGED)
        declared = int.from_bytes(data[end - 4 : end], "big")
        if zlib.crc32(data[start + 4 : end - 4]) != declared:
            raise Refused(Code.DAMAGED)
        chunks.append(Chunk(data[start + 4 : start + 8], start, start + 8, end))
        start = end
    return chunks


def build_chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk as it is written to a file."""
    checksum = zlib.crc32(kind + body)
    return len(body).to_bytes(4, "big") + kind + body + checksum.to_bytes(4, "big")
