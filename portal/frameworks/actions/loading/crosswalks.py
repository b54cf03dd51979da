"""The crosswalk: which requirement of one framework also speaks to one of another."""

from portal.frameworks.actions.loading.change import set_values
from portal.frameworks.catalogue.problems import Problem
from portal.frameworks.catalogue.shapes import CrosswalkBlock
from portal.frameworks.models import Crosswalk, Requirement


def load_crosswalk(block: CrosswalkBlock, problems: list[Problem]) -> int:
    """Make the links between two editions what the file says; return how many changed."""
    sources, targets = _live(block.source), _live(block.target)
    rows = Crosswalk.objects.filter(
        source__edition__code=block.source, target__edition__code=block.target
    )
    rows = rows.select_related("source", "target")
    there = {(row.source.ref, row.target.ref): row for row in rows}
    changed = 0
    for link in block.links:
        source, target = sources.get(link.ref), targets.get(link.to)
        if source is None or target is None:
            edition, ref = (block.target, link.to) if source else (block.source, link.ref)
            reason = f"unknown reference {edition}:{ref}"
            problems.append(Problem(block.file, link.line, reason))
            continue
        old = there.pop((link.ref, link.to), None)
        if old is None:
            Crosswalk.objects.create(source=source, target=target, note=link.why)
            changed += 1
        else:
            changed += set_values(old, {"note": link.why})
    for gone in there.values():
        gone.delete()
    return changed + len(there)


def _live(edition: str) -> dict[str, Requirement]:
    """Return an edition's live requirements by their reference."""
    rows = Requirement.objects.filter(edition__code=edition, is_retired=False)
    return {row.ref: row for row in rows}
