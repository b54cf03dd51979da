"""Jobs of the assessments. Delivered twice, they do their work once."""

from evidence_review.assessments.actions.count_the_day import count_the_day
from portal.record.actors import SCHEDULER


def count_today() -> int:
    """Keep how every assessment stands today; return how many were counted."""
    return count_the_day(actor=SCHEDULER)
