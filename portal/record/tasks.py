"""The worker's side of the record: looking every night whether all is as it must be."""

from portal.record import checking
from portal.record.actors import SCHEDULER


def check_tonight() -> None:
    """Begin the nightly look at everything."""
    checking.begin_check(actor=SCHEDULER)


def check_next(run_id: int) -> None:
    """Do the next check of a look that is under way."""
    checking.check_next(run_id)
