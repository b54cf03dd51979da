"""The two verifiers that every pack carries, exactly as they lie in this room."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "verifiers"
NAMES = ("verify.html", "verify.py")


@cache
def verifier(name: str) -> bytes:
    """Return the bytes of a verifier."""
    return (FOLDER / name).read_bytes()
