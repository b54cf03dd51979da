"""What loading did to one edition."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model


@dataclass
class EditionChange:
    """Counts of what changed in one edition. ``sha256`` is of the file that was loaded."""

    code: str
    sha256: str
    added: int = 0
    changed: int = 0
    retired: int = 0
    parts: int = 0
    maps: int = 0
    crosswalk: int = 0

    @property
    def touches_wording(self) -> bool:
        """Whether anything changed that somebody may have checked against the toolkit."""
        return bool(self.added or self.changed or self.retired or self.parts)

    @property
    def is_any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.touches_wording or self.maps or self.crosswalk)

    @property
    def facts(self) -> dict[str, int]:
        """The counts, for the record."""
        return {
            "added": self.added,
            "changed": self.changed,
            "retired": self.retired,
            "parts": self.parts,
            "maps": self.maps,
            "crosswalk": self.crosswalk,
        }


def set_values(row: Model, values: Mapping[str, object]) -> bool:
    """Write the values that differ from the row's; tell whether any did."""
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, values[name])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)
