"""What the worker does about reading. Delivered twice, each does no more than once."""

from portal.reading.actions import count_readers


def recount(page_id: int) -> None:
    """Count one policy anew."""
    count_readers.recount(page_id)


def recount_after_changes() -> int:
    """Count every policy anew if somebody's place changed; return how many were counted."""
    return count_readers.recount_after_changes()


def recount_of_yesterday() -> int:
    """Count anew what was last counted before today; return how many policies that were."""
    return count_readers.recount_of_yesterday()
