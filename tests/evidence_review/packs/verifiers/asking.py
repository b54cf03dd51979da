"""Asking verify.py, in this process: what a hundred packs need takes a second."""

from pathlib import Path

import pytest

from evidence_review.packs.verifiers import verify

FOLDER = Path(verify.__file__).parent
PROGRAM, PAGE = FOLDER / "verify.py", FOLDER / "verify.html"


def asked(
    capsys: pytest.CaptureFixture[str], pack: Path, older: Path | None = None, key: str = ""
) -> tuple[int, list[str]]:
    """Return how the program ends and the lines it says."""
    words = [str(pack), *([str(older)] if older else []), *(["--key", key] if key else [])]
    code = verify.main(words)
    return code, capsys.readouterr().out.splitlines()


def kept(folder: Path, content: bytes, name: str = "pack.zip") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
