"""Who may look inside a version: whoever may open its file."""

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.permissions import user_can_open_version
from portal.people.answers import Answer
from portal.people.models import User


def user_can_look_inside(person: User, version: EvidenceVersion) -> Answer:
    """Whether the person may see pictures and text of the version: exactly as its file."""
    return user_can_open_version(person, version)
