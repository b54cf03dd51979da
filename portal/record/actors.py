"""Who did it: a person, an inspector, or the system under a name."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anything that can be named in the record as the one who acted."""

    @property
    def actor_ref(self) -> str:
        """``<kind>:<random id>``, without personal data; goes into the sealed bytes for good."""

    @property
    def actor_label(self) -> str:
        """What people read, "First Last, Job title"; goes into the erasable detail only."""


@dataclass(frozen=True)
class SystemActor:
    """The portal itself, acting under a name: ``system:<name>``."""

    name: str
    label: str

    @property
    def actor_ref(self) -> str:
        """The lasting reference, such as ``system:scanner``."""
        return f"system:{self.name}"

    @property
    def actor_label(self) -> str:
        """The words people read, such as "Virus scanner"."""
        return self.label


SCANNER = SystemActor("scanner", "Virus scanner")
SCHEDULER = SystemActor("scheduler", "Scheduler")
SETUP = SystemActor("setup", "Setup")
