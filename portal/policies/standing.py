"""Whether a version of a policy still holds, for screens."""

from dataclasses import dataclass

from portal.policies.models import PolicyPage, PolicyVersion


@dataclass(frozen=True)
class VersionStanding:
    """How a version stands, as a state with a word and an icon."""

    kind: str
    label: str
    icon: str


IN_FORCE = VersionStanding("done", "In force", "tick")
REPLACED = VersionStanding("todo", "Replaced", "history")
WITHDRAWN = VersionStanding("stop", "Withdrawn", "stop")


def standing_of(version: PolicyVersion, page: PolicyPage) -> VersionStanding:
    """Return how a version of this page stands today."""
    if page.in_force.version_id != version.pk:
        return REPLACED
    return IN_FORCE if page.live else WITHDRAWN
