"""The catalogue: editions of frameworks, what they ask, and how they point at each other."""

from portal.frameworks.models.editions import (
    Assertion,
    Edition,
    EvidenceCategory,
    Framework,
    Standard,
)
from portal.frameworks.models.links import Crosswalk, ReferenceMap
from portal.frameworks.models.requirements import Requirement

__all__ = [
    "Assertion",
    "Crosswalk",
    "Edition",
    "EvidenceCategory",
    "Framework",
    "ReferenceMap",
    "Requirement",
    "Standard",
]
