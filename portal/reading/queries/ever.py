"""Whether somebody ever confirmed a policy."""

from portal.people.models import User
from portal.policies.models import PolicyPage
from portal.reading.models import Acknowledgement


def has_confirmed(person: User, page: PolicyPage) -> bool:
    """Whether the person once confirmed any version of a policy.

    Named by the setting ``POLICY_CONFIRMED_BY``: they may go on reading what they confirmed.
    """
    return Acknowledgement.objects.filter(person=person, page=page).exists()
