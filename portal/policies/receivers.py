"""What follows when a policy page announces something. Connected when the app is ready."""

from typing import Any

from wagtail.models import Revision

from portal.people.models import User
from portal.policies.actions.keep_version import keep_version
from portal.policies.actions.record_withdrawal import record_withdrawal
from portal.policies.models import PolicyPage
from portal.record.actors import SCHEDULER


def keep_published(page: PolicyPage, revision: Revision, user: User | None, **kwargs: Any) -> None:
    """Keep the version that was published; without a person it was the scheduler."""
    keep_version(page, revision, actor=user or SCHEDULER)


def note_withdrawn(page: PolicyPage, user: User | None, **kwargs: Any) -> None:
    """Record the withdrawal; without a person it was the scheduler."""
    record_withdrawal(page, actor=user or SCHEDULER)
