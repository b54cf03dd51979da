"""What is kept of people here; see ``portal.people.traces``."""

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.people.traces import Fate, Place, Subject


def duties(subject: Subject) -> list[str]:
    """Say how much approved evidence still names them as the one who looks after it."""
    if subject.person is None:
        return []
    owned = Evidence.objects.filter(
        owner=subject.person, versions__state=VersionState.APPROVED
    ).distinct()
    count = owned.count()
    return [f"They own approved evidence ({count}): name another owner."] if count else []


def places(subject: Subject) -> list[Place]:
    """Say what they uploaded."""
    if subject.person is None:
        return []
    uploaded = EvidenceVersion.objects.filter(uploaded_by=subject.person).count()
    why = (
        "It is the organisation's evidence. Titles, notes and files may name people; they go when "
        "the period of that evidence is over."
    )
    return [Place("Evidence they uploaded", uploaded, Fate.KEPT, why)]


def erase(subject: Subject) -> None:
    """Do nothing: the name stands in no row of this room."""
