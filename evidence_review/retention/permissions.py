"""Who sets how long evidence is kept, who holds it back, and who disposes of it.

All three belong to an IG lead of the whole organisation: what goes is gone for everybody. Whoever
runs the portal sees the rules and changes none.
"""

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.retention.queries import edited_after
from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import holds_everywhere
from portal.people.roles import Role


def user_can_see_rules(person: User) -> Answer:
    """Whether the person may see how long evidence is kept."""
    if holds_everywhere(person, {Role.IG_LEAD, Role.PORTAL_ADMIN}):
        return Allowed()
    return Denied(
        "How long evidence is kept is for IG leads of the whole organisation and portal "
        "administrators."
    )


def user_can_manage_retention(person: User) -> Answer:
    """Whether the person may change rules, place and lift holds, and see what is due."""
    if holds_everywhere(person, {Role.IG_LEAD}):
        return Allowed()
    return Denied("Only an IG lead of the whole organisation may do this.")


def user_can_dispose(person: User, version: EvidenceVersion) -> Answer:
    """Whether the person may dispose of this version: four eyes, as for its approval.

    Neither whoever uploaded it, nor whoever changed what the period is counted from since it was
    out of use. Whether it is due is another question.
    """
    answer = user_can_manage_retention(person)
    if not answer:
        return answer
    if version.uploaded_by_id == person.pk:
        return Denied("You uploaded this file, so another IG lead must dispose of it.")
    if edited_after(version, person.pk):
        return Denied(
            "You changed the details of this evidence after the file was out of use, so another "
            "IG lead must dispose of it."
        )
    return Allowed()
