"""Who may use the policy library."""

from portal.people.answers import Answer
from portal.people.models import User
from portal.policies.permissions import user_can_edit_policies


def user_can_adopt_starters(person: User) -> Answer:
    """Whether the person may look at the starters and make drafts of them: those who write may."""
    return user_can_edit_policies(person)
