"""Jobs of the assessments. Delivered twice, they do their work once."""

import logging

from evidence_review.assessments.actions.count_the_day import count_the_day
from evidence_review.assessments.actions.roll_over import roll_over
from evidence_review.assessments.models import Assessment
from portal.frameworks.models import Edition
from portal.people.models import User
from portal.record.actors import SCHEDULER
from portal.refused import Refused

logger = logging.getLogger(__name__)


def count_today() -> int:
    """Keep how every assessment stands today; return how many were counted."""
    return count_the_day(actor=SCHEDULER)


def roll_over_one(assessment_id: int, edition_id: int, person_id: int) -> None:
    """Carry one assessment over; one that is there already, or may not be, stays as it is."""
    assessment = Assessment.objects.get(pk=assessment_id)
    edition, person = Edition.objects.get(pk=edition_id), User.objects.get(pk=person_id)
    try:
        roll_over(assessment, edition, actor=person)
    except Refused as refusal:
        logger.info("Assessment %s was not carried over: %s", assessment.public_id, refusal.reason)
