"""Policy pages, the task that keeps four eyes on them, and the versions that were published."""

from portal.policies.models.pages import PolicyIndexPage, PolicyPage
from portal.policies.models.tasks import FourEyesTask
from portal.policies.models.versions import (
    PolicyAudience,
    PolicyDownload,
    PolicyInForce,
    PolicyVersion,
)

__all__ = [
    "FourEyesTask",
    "PolicyAudience",
    "PolicyDownload",
    "PolicyInForce",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
]
