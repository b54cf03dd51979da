"""The files that the virus check is measured with are such as the portal takes in."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.harness import files
from evidence_review.evidence.gate import KINDS, extension_of, inspect

KILOBYTE = 1024
Make = Callable[[random.Random, int], bytes]


def _chances(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.mark.parametrize(
    ("make", "extension"),
    [
        (files.scanned_pdf, "pdf"),
        (files.written_pdf, "pdf"),
        (files.docx, "docx"),
        (files.xlsx, "xlsx"),
    ],
)
def test_the_gate_accepts_a_file_of_each_kind_in_about_the_size_asked_for(
    make: Make, extension: str, tmp_path: Path
) -> None:
    wanted = 300 * KILOBYTE
    path = tmp_path / f"made.{extension}"
    path.write_bytes(make(_chances(1), wanted))
    result = inspect(path, name=path.name, media_type=KINDS[extension].media_type)
    assert result.outcome == "accepted", result.reasons
    assert wanted * 0.7 < path.stat().st_size < wanted * 1.4


def test_the_same_seed_makes_the_same_files_and_no_two_alike() -> None:
    def some(seed: int) -> list[tuple[str, bytes]]:
        rng = _chances(seed)
        return [files.small(rng) for _ in range(12)]

    assert [name for name, _ in some(1)] == [name for name, _ in some(1)]
    assert len({content for _, content in some(1)}) == 12
    assert {extension_of(name) for name, _ in some(1)} == {"pdf", "txt"}


def test_sizes_keep_between_the_smallest_and_the_largest() -> None:
    rng = _chances(3)
    sizes = [len(files.realistic(rng, 20 * KILOBYTE, 200 * KILOBYTE)[1]) for _ in range(20)]
    assert min(sizes) > 10 * KILOBYTE
    assert max(sizes) < 300 * KILOBYTE
