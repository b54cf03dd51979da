"""The worker's side of this room."""

from evidence_review.retention.actions import discard_bytes as discarding


def discard_bytes(sha256: str) -> None:
    """Remove the bytes of what was disposed of."""
    discarding.discard_bytes(sha256)


def sweep_discards() -> None:
    """Take up what was left lying."""
    discarding.sweep_discards()
