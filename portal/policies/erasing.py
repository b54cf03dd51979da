"""What is kept of people here; see ``portal.people.traces``."""

from portal.people.traces import Place, Subject
from portal.policies.models import PolicyPage


def duties(subject: Subject) -> list[str]:
    """Say which policies in force still name them as owner."""
    if subject.person is None:
        return []
    count = PolicyPage.objects.live().filter(policy_owner=subject.person).count()
    return [f"They own policies in force ({count}): name another owner."] if count else []


def places(subject: Subject) -> list[Place]:
    """Nothing but the text of policies, which an editor changes."""
    return []


def erase(subject: Subject) -> None:
    """Do nothing: the name stands in no row of this room."""
