"""What follows here when a policy is published. Connected when the app is ready."""

from typing import Any

from portal.policies.models import PolicyPage
from portal.reading.actions import count_readers


def count_again(page: PolicyPage, **kwargs: Any) -> None:
    """See that those who are asked to confirm are counted."""
    count_readers.policy_in_force(page)
