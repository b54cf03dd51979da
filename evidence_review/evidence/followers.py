"""Who else must know when an evidence changes, told inside the same transaction.

What stands on evidence (the answers of an assessment) lives in rooms above this one. They register
a module in the setting ``EVIDENCE_FOLLOWERS``; a change of evidence and what follows from it are
kept, or lost, together.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from evidence_review.evidence.models import Evidence
from portal.frameworks.models import Requirement
from portal.people.models import User


class Follower(Protocol):
    """A module that follows evidence."""

    def evidence_linked(
        self, evidence: Evidence, requirements: Iterable[Requirement], *, actor: User
    ) -> None:
        """Take note that the evidence now supports these requirements, too."""

    def evidence_unlinked(
        self, evidence: Evidence, requirements: Iterable[Requirement], *, actor: User
    ) -> None:
        """Take note that the evidence no longer supports these requirements."""

    def evidence_changed(self, evidence_id: int) -> None:
        """Take note that it was approved, or no longer is, or that its details changed."""

    def links_carried(self, evidence_ids: Iterable[int]) -> None:
        """Take note that these support requirements of another edition, too, by its map."""


def followers() -> list[Follower]:
    """Return the modules that follow evidence, in the order of the setting."""
    return [cast("Follower", import_module(path)) for path in settings.EVIDENCE_FOLLOWERS]
