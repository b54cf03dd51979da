"""A catalogue file in memory, each part with the line it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One row to be: its natural key, its values by model field, and its line."""

    key: str
    line: int
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RequirementRow(Row):
    """A requirement. ``assertion`` (a reference) and ``needed_from`` (a level) may be empty."""

    assertion: str = ""
    needed_from: str = ""
    supersedes: str = ""


@dataclass(frozen=True)
class Mapped:
    """One entry of the reference map: what an older reference is called in this edition."""

    line: int
    from_edition: str
    from_ref: str
    to_ref: str
    reworded: bool = False

    @property
    def source(self) -> str:
        """The older requirement's full name, such as ``dspt-v7:1.3.1``."""
        return f"{self.from_edition}:{self.from_ref}"


@dataclass(frozen=True)
class Link:
    """One entry of a crosswalk."""

    line: int
    ref: str
    to: str
    why: str


@dataclass(frozen=True)
class CrosswalkBlock:
    """All links from one edition to another."""

    file: str
    sha256: str
    line: int
    source: str
    target: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class EditionFile:
    """One edition with everything in it. ``sha256`` is of the file's bytes, in hex."""

    file: str
    sha256: str
    line: int
    framework: Row
    edition: Row
    levels: tuple[Row, ...]
    sections: tuple[Row, ...]
    standards: tuple[Row, ...]
    assertions: tuple[Row, ...]
    categories: tuple[Row, ...]
    requirements: tuple[RequirementRow, ...]
    maps: tuple[Mapped, ...]

    @property
    def code(self) -> str:
        """The edition's code."""
        return self.edition.key

    @property
    def all_maps(self) -> tuple[Mapped, ...]:
        """The reference map, with what requirements of this very edition supersede."""
        within = tuple(
            Mapped(row.line, self.code, row.supersedes, row.key, reworded=True)
            for row in self.requirements
            if row.supersedes
        )
        return self.maps + within


@dataclass(frozen=True)
class Catalogue:
    """Everything that is loaded at one go."""

    editions: tuple[EditionFile, ...]
    crosswalks: tuple[CrosswalkBlock, ...]
