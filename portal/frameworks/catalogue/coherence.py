"""Whether what the files say fits together, before anything is compared with the database."""

from collections.abc import Iterable, Iterator, Sequence

from portal.frameworks.catalogue.problems import Problem
from portal.frameworks.catalogue.shapes import (
    Catalogue,
    CrosswalkBlock,
    EditionFile,
    RequirementRow,
    Row,
)


def problems_within(catalogue: Catalogue) -> list[Problem]:
    """Return everything that does not fit together inside the files."""
    found = list(_edition_twice(catalogue.editions))
    for edition in catalogue.editions:
        found += [
            *_twice(edition),
            *_unknown_parts(edition),
            *_requirement_parts(edition),
            *_totals(edition),
            *_map_ends(edition),
        ]
    found += _crosswalk_twice(catalogue.crosswalks)
    return found


def _edition_twice(editions: Sequence[EditionFile]) -> Iterator[Problem]:
    """One edition, one file; one framework, one name."""
    seen: dict[str, str] = {}
    names: dict[str, str] = {}
    for edition in editions:
        framework, name = edition.framework.key, edition.framework.values["name"]
        if names.setdefault(framework, name) != name:
            reason = f"the framework {framework} is called {names[framework]!r} in another file"
            yield Problem(edition.file, edition.framework.line, reason)
        if edition.code in seen:
            reason = f"the edition {edition.code} is also in {seen[edition.code]}"
            yield Problem(edition.file, edition.edition.line, reason)
        seen[edition.code] = edition.file


def _twice(edition: EditionFile) -> Iterator[Problem]:
    """Every reference, number and code stands once."""
    parts: list[tuple[str, Iterable[Row]]] = [
        ("level", edition.levels),
        ("section", edition.sections),
        ("standard", edition.standards),
        ("assertion", edition.assertions),
        ("category", edition.categories),
        ("requirement", edition.requirements),
    ]
    for name, rows in parts:
        seen: dict[str, int] = {}
        for row in rows:
            if row.key in seen:
                reason = f"the {name} {row.key} stands in line {seen[row.key]} already"
                yield Problem(edition.file, row.line, reason)
            seen.setdefault(row.key, row.line)


def _unknown_parts(edition: EditionFile) -> Iterator[Problem]:
    """An assertion belongs to a standard of the same file."""
    standards = {row.key for row in edition.standards}
    for row in edition.assertions:
        if str(row.values["standard"]) not in standards:
            reason = f"there is no standard {row.values['standard']}"
            yield Problem(edition.file, row.line, reason)


def _requirement_parts(edition: EditionFile) -> Iterator[Problem]:
    """A requirement names parts that are in the same file."""
    groups = {row.key: set(row.values["groups"]) for row in edition.sections}
    assertions = {row.key for row in edition.assertions}
    levels = {row.key for row in edition.levels}
    refs = {row.key for row in edition.requirements}
    for row in edition.requirements:
        section, group = row.values["section"], row.values["group"]
        for wrong, reason in (
            (section not in groups, f"there is no section {section!r}"),
            (group and group not in groups.get(section, ()), f"no group {group!r} in {section!r}"),
            (row.assertion and row.assertion not in assertions, f"no assertion {row.assertion}"),
            (row.needed_from and row.needed_from not in levels, f"no level {row.needed_from!r}"),
            (row.supersedes in refs, f"{row.supersedes} is superseded and still in the file"),
            (not row.values["good_evidence"], "good_evidence needs at least one example"),
        ):
            if wrong:
                yield Problem(edition.file, row.line, f"{row.key}: {reason}")


def _totals(edition: EditionFile) -> Iterator[Problem]:
    """A level needs as many requirements as the file says were published for it."""
    for level in edition.levels:
        wanted = level.values["total"]
        counted = sum(_needs(row, level.key) for row in edition.requirements)
        if wanted is not None and counted != wanted:
            reason = f"the level {level.key} should have {wanted} requirements but has {counted}"
            yield Problem(edition.file, level.line, reason)


def _needs(row: RequirementRow, level: str) -> bool:
    """Whether a level needs a requirement."""
    return level in row.values["levels"]


def _map_ends(edition: EditionFile) -> Iterator[Problem]:
    """The reference map leads to requirements of this file, each pair once."""
    refs = {row.key for row in edition.requirements}
    seen: set[tuple[str, str]] = set()
    for entry in edition.all_maps:
        pair = (entry.source, entry.to_ref)
        if entry.to_ref not in refs:
            reason = f"the map leads to {entry.to_ref}, which is not in this file"
            yield Problem(edition.file, entry.line, reason)
        if entry in edition.maps and entry.from_edition == edition.code:
            reason = "an edition is not mapped onto itself: use supersedes on the new item"
            yield Problem(edition.file, entry.line, reason)
        if pair in seen:
            reason = f"{entry.source} is mapped to {entry.to_ref} twice"
            yield Problem(edition.file, entry.line, reason)
        seen.add(pair)


def _crosswalk_twice(blocks: Sequence[CrosswalkBlock]) -> Iterator[Problem]:
    """A pair of editions has one block, and a pair of requirements one link."""
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        pair = (block.source, block.target)
        if pair in seen:
            reason = f"the crosswalk from {block.source} to {block.target} stands twice"
            yield Problem(block.file, block.line, reason)
        if block.source == block.target:
            yield Problem(block.file, block.line, "a crosswalk joins two different editions")
        seen.add(pair)
        links: set[tuple[str, str]] = set()
        for link in block.links:
            if (link.ref, link.to) in links:
                reason = f"the link from {link.ref} to {link.to} stands twice"
                yield Problem(block.file, link.line, reason)
            links.add((link.ref, link.to))
