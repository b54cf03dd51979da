"""However much there is to pack, memory stays as it is."""

import io
import tracemalloc
from typing import Any

import pytest

from evidence_review.evidence.intake import KeptFile
from evidence_review.packs.models import Pack
from evidence_review.packs.writing import settled_draft, write_pack
from portal.frameworks.models import Requirement
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import MakePack
from tests.factories import VerdictFactory, keep

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


class Nowhere(io.RawIOBase):
    """Takes everything and keeps nothing, but can seek as a file can."""

    def __init__(self) -> None:
        self.at = self.end = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.at += len(piece)
        self.end = max(self.end, self.at)
        return len(piece)

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (0, self.at, self.end)[whence]
        return self.at


def peak_of(pack: Pack) -> tuple[int, int]:
    """Return how much memory the writing takes at its peak, and how much is written."""
    draft, out = settled_draft(pack), Nowhere()
    tracemalloc.start()
    write_pack(pack, out, draft=draft)  # type: ignore[arg-type]  # all that is asked of a file
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak, out.end


def test_a_large_pack_takes_no_more_memory_than_a_small_one(
    living: Living,
    make_pack: MakePack,
    requirement: Requirement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = 4 * MEGABYTE
    digest = keep(bytes(size))
    VerdictFactory.create(sha256=digest)
    large = KeptFile(digest, size, "text/plain", "txt", "large.txt")
    monkeypatch.setattr(living, "file", lambda: large)
    living.approved("First", None, requirement)
    small_peak, _ = peak_of(make_pack())
    for number in range(10):
        living.approved(f"Another {number}", None, requirement)

    peak, written = peak_of(make_pack())

    assert written > 11 * size
    assert small_peak < 6 * MEGABYTE
    assert peak < small_peak + MEGABYTE
