"""The worker's side of this room: a pack in, one thing done."""

from evidence_review.packs.making import make_file, settle_contents
from evidence_review.packs.tidying import remove_old_files, take_up_what_was_left


def settle(public_id: str) -> None:
    """Settle what a pack holds."""
    settle_contents(public_id)


def pack(public_id: str) -> None:
    """Write a pack's file."""
    make_file(public_id)


def sweep() -> None:
    """Take up packs whose job was killed."""
    take_up_what_was_left()


def remove_old() -> None:
    """Remove files whose time is over."""
    remove_old_files()
