"""The worker's side of this room: a SHA-256 in, one action called."""

from evidence_review.extraction.actions.draw_pages import draw_pages as draw_one
from evidence_review.extraction.actions.sweep import sweep_looks as sweep_all
from evidence_review.extraction.actions.take_text import take_text as take_one
from evidence_review.extraction.actions.tidy import tidy_looks as tidy_all


def take_text(sha256: str) -> None:
    """Take the text out of one file."""
    take_one(sha256)


def draw_pages(sha256: str) -> None:
    """Draw the pages of one file."""
    draw_one(sha256)


def sweep_looks() -> None:
    """Take up what was never asked for or left lying."""
    sweep_all()


def tidy_looks() -> None:
    """Forget what need not be known any more."""
    tidy_all()
