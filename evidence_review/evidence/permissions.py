"""Who may upload, change, see and open evidence."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.queries import current_approved
from evidence_review.evidence.states import READABLE
from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import Site, User
from portal.people.queries import roles_anywhere, roles_at
from portal.people.roles import EVIDENCE_READERS, EVIDENCE_WRITERS, Role


def user_can_upload_evidence(person: User, site: Site | None) -> Answer:
    """Whether the person may upload for this site; ``None`` is for the whole organisation."""
    if roles_at(person, site) & EVIDENCE_WRITERS:
        return Allowed()
    where = f"for {site}" if site else "for the whole organisation"
    return Denied(f"You may not upload evidence {where}. Ask your IG lead.")


def user_can_upload_somewhere(person: User) -> Answer:
    """Whether the person may upload for any site at all."""
    if roles_anywhere(person) & EVIDENCE_WRITERS:
        return Allowed()
    return Denied("You may not upload evidence. Ask your manager or IG lead to upload it for you.")


def user_can_list_evidence(person: User) -> Answer:
    """Whether the person works with evidence at all."""
    if roles_anywhere(person) & EVIDENCE_READERS:
        return Allowed()
    return Denied("Evidence is for managers, contributors and IG leads.")


def user_can_see_evidence(person: User, evidence: Evidence) -> Answer:
    """Whether the person may see this evidence's details and history."""
    site_ok = evidence.site_id is None and roles_anywhere(person) & EVIDENCE_READERS
    if site_ok or roles_at(person, evidence.site_id) & EVIDENCE_READERS:
        return Allowed()
    return Denied("This evidence belongs to a site you do not work with.")


def user_can_change_evidence(person: User, evidence: Evidence) -> Answer:
    """Whether the person may correct the details, or what the evidence supports.

    What was approved was approved with its details: afterwards only an IG lead who did not upload
    the approved version may correct them.
    """
    roles = roles_at(person, evidence.site_id)
    if not roles & EVIDENCE_WRITERS:
        return Denied("You may not change evidence of this site. Ask your IG lead.")
    approved = current_approved(evidence)
    if approved is None:
        return Allowed()
    if Role.IG_LEAD not in roles:
        return Denied("This is approved. Upload a new version, or ask your IG lead to correct it.")
    if approved.uploaded_by_id == person.pk:
        return Denied("You uploaded the approved version, so another IG lead must correct this.")
    return Allowed()


def user_can_open_version(person: User, version: EvidenceVersion) -> Answer:
    """Whether the person may open the file: theirs to see, through the checks, and clean today."""
    answer = user_can_see_evidence(person, version.evidence)
    return answer and version_can_be_served(version)


def version_can_be_served(version: EvidenceVersion) -> Answer:
    """Whether the bytes may be given to anybody at all."""
    if version.state not in READABLE:
        return Denied(f"This file cannot be opened: {version.look.label.lower()}.")
    is_clean: Callable[[str], bool] = import_string(settings.BYTES_ARE_CLEAN)
    if not is_clean(version.sha256):
        return Denied("This file cannot be opened until its virus check is clean.")
    return Allowed()
