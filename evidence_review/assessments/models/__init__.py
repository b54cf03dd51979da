"""Assessments, their answers, and everything that hangs on them."""

from evidence_review.assessments.models.assessment import Assessment, Coverage
from evidence_review.assessments.models.claims import StatementClaim
from evidence_review.assessments.models.named_people import NamedPerson
from evidence_review.assessments.models.plan import ImprovementAction
from evidence_review.assessments.models.publication import (
    Certificate,
    Publication,
    PublishedAnswer,
)
from evidence_review.assessments.models.responses import AnswerEvidence, Response, ResponseNote
from evidence_review.assessments.models.site_answers import SiteAnswer
from evidence_review.assessments.models.snapshots import DailyStanding

__all__ = [
    "AnswerEvidence",
    "Assessment",
    "Certificate",
    "Coverage",
    "DailyStanding",
    "ImprovementAction",
    "NamedPerson",
    "Publication",
    "PublishedAnswer",
    "Response",
    "ResponseNote",
    "SiteAnswer",
    "StatementClaim",
]
