"""The reference map: where a question stood in an older edition."""

from collections.abc import Mapping, Sequence

from portal.frameworks.actions.loading.change import set_values
from portal.frameworks.catalogue.problems import Problem
from portal.frameworks.catalogue.shapes import EditionFile
from portal.frameworks.models import Edition, ReferenceMap, Requirement

ASKS = ("question_plain", "answer_kind", "condition", "na_allowed", "freshness_months")
"""What must be the same for an answer to one edition's question to answer another's."""


def load_maps(data: EditionFile) -> int:
    """Make an edition's map what its file says. Returns the number of rows that changed."""
    requirements = {row.ref: row for row in Requirement.objects.filter(edition__code=data.code)}
    rows = ReferenceMap.objects.filter(to_requirement__edition__code=data.code)
    there = {
        (row.from_edition, row.from_ref, row.to_requirement.ref): row
        for row in rows.select_related("to_requirement")
    }
    changed = 0
    for entry in data.all_maps:
        old = there.pop((entry.from_edition, entry.from_ref, entry.to_ref), None)
        if old is not None:
            changed += set_values(old, {"reworded": entry.reworded})
            continue
        ReferenceMap.objects.create(
            from_edition=entry.from_edition,
            from_ref=entry.from_ref,
            to_requirement=requirements[entry.to_ref],
            reworded=entry.reworded,
        )
        changed += 1
    for gone in there.values():
        gone.delete()
    return changed + len(there)


def unknown_references(data: EditionFile) -> list[Problem]:
    """Return the entries that start from a reference which an edition we have does not hold.

    An edition that was never loaded is taken at its word: old editions need not be.
    """
    named = {entry.from_edition for entry in data.maps}
    loaded = set(Edition.objects.filter(code__in=named).values_list("code", flat=True))
    pairs = Requirement.objects.filter(edition__code__in=loaded).values_list("edition__code", "ref")
    known = {f"{code}:{ref}" for code, ref in pairs}
    return [
        Problem(data.file, entry.line, f"unknown reference {entry.source}")
        for entry in data.maps
        if entry.from_edition in loaded and entry.source not in known
    ]


def unmarked_changes(data: EditionFile) -> list[Problem]:
    """Return the entries whose question means something else now, without saying ``reworded``.

    Answers are carried over by these entries, and what is not marked may be confirmed by the dozen.
    Only editions that are loaded can be compared; what a level needs is each edition's own affair.
    """
    older = Requirement.objects.filter(
        edition__code__in={entry.from_edition for entry in data.maps}
    ).select_related("edition")
    asked_before = {row.code: row for row in older}
    asked_now = {row.ref: row for row in Requirement.objects.filter(edition__code=data.code)}
    found = []
    for entry in data.maps:
        before, now = asked_before.get(entry.source), asked_now.get(entry.to_ref)
        if before is None or now is None or entry.reworded:
            continue
        differing = [name for name in ASKS if getattr(before, name) != getattr(now, name)]
        if differing:
            reason = (
                f"{entry.to_ref} asks something else than {entry.source} "
                f"({', '.join(differing)}). List {entry.to_ref} under 'reworded'"
            )
            found.append(Problem(data.file, entry.line, reason))
    return found


def cycles(editions: Sequence[EditionFile]) -> list[Problem]:
    """Return the entries of these files that lead back to where they came from."""
    onward: dict[str, set[str]] = {}
    for row in ReferenceMap.objects.select_related("to_requirement__edition"):
        source = f"{row.from_edition}:{row.from_ref}"
        onward.setdefault(source, set()).add(row.to_requirement.code)
    return [
        Problem(data.file, entry.line, f"the map leads from {entry.source} back to itself")
        for data in editions
        for entry in data.all_maps
        if _reaches(onward, f"{data.code}:{entry.to_ref}", entry.source)
    ]


def _reaches(onward: Mapping[str, set[str]], start: str, goal: str) -> bool:
    """Whether one reference leads to another along the map."""
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        for further in onward.get(here, set()) - seen:
            seen.add(further)
            ahead.append(further)
    return False
