"""The worker's side of this room."""

from evidence_review.evidence.actions import tidy_bytes as tidying


def tidy_bytes() -> None:
    """Remove what uploads left behind that were never acknowledged."""
    tidying.tidy_bytes()
