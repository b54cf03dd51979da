"""Who may have a file checked again, who may recall one, and whether approvals are open at all."""

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.permissions import user_can_upload_evidence
from evidence_review.scanning import readiness
from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import roles_at
from portal.people.roles import Role


def user_can_retry_check(person: User, version: EvidenceVersion) -> Answer:
    """Whether the person may ask for a failed virus check to be made again."""
    return user_can_upload_evidence(person, version.evidence.site)


def user_can_recall(person: User, version: EvidenceVersion) -> Answer:
    """Whether the person may take a version back after it went to review."""
    if Role.IG_LEAD in roles_at(person, version.evidence.site_id):
        return Allowed()
    return Denied("Only an IG lead may recall a version.")


def scanner_lets_approve() -> Answer:
    """Whether the scanner may be relied on now; while it may not, nobody approves anything."""
    found = readiness.current()
    if found.ready:
        return Allowed()
    return Denied(f"Nothing can be approved while the virus check is not working. {found.problem}")
