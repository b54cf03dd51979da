"""From files to a catalogue in memory."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node

from portal.frameworks.catalogue.grammar import CROSSWALK_FILE, EDITION_FILE
from portal.frameworks.catalogue.nodes import Reader, compose
from portal.frameworks.catalogue.problems import Problem, refuse_if_any
from portal.frameworks.catalogue.shapes import (
    Catalogue,
    CrosswalkBlock,
    EditionFile,
    Link,
    Mapped,
    RequirementRow,
    Row,
)

OWN_FILES = Path(__file__).parents[1] / "data"
"""The catalogues that come with the portal."""


def own_files() -> list[Path]:
    """Return the catalogue files that come with the portal, always in the same order."""
    return sorted(OWN_FILES.glob("*.yaml"))


def read_catalogue(paths: Iterable[Path]) -> Catalogue:
    """Read catalogue files.

    Raises:
        CatalogueRefused: naming file, line and reason of everything that is not as it should be.
    """
    problems: list[Problem] = []
    editions: list[EditionFile] = []
    crosswalks: list[CrosswalkBlock] = []
    for path in paths:
        reader = Reader(path.name, problems)
        content = _bytes_of(reader, path)
        root = compose(reader, content) if content is not None else None
        if root is None or content is None:
            continue
        sha256 = hashlib.sha256(content).hexdigest()
        already = len(problems)
        if _is_crosswalk(root):
            values = reader.mapping(root, CROSSWALK_FILE)
            if len(problems) == already:
                blocks = values["crosswalk"]
                crosswalks += [_crosswalk(path.name, sha256, block) for block in blocks]
        else:
            values = reader.mapping(root, EDITION_FILE)
            if len(problems) == already:
                editions.append(_edition(path.name, sha256, values))
    refuse_if_any(problems)
    return Catalogue(tuple(editions), tuple(crosswalks))


def _bytes_of(reader: Reader, path: Path) -> bytes | None:
    """Return what is in a file, or note why it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reader.problems.append(
            Problem(reader.file, 0, f"the file cannot be read: {error.strerror}")
        )
        return None


def _is_crosswalk(root: Node) -> bool:
    """Tell a crosswalk file from an edition's file by its first key."""
    return isinstance(root, MappingNode) and any(key.value == "crosswalk" for key, _ in root.value)


def _row(values: Mapping[str, Any], key: str, *names: str, position: int | None = None) -> Row:
    """Return a row with some of the values, and its place in the file where that matters."""
    kept = {name: values[name] for name in names}
    if position is not None:
        kept["position"] = position
    return Row(str(values[key]), values["line"], kept)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without their line, as they are kept in a JSON column."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if name != "line"
    }


def _edition(file: str, sha256: str, values: Mapping[str, Any]) -> EditionFile:
    """Return an edition from what was read of its file."""
    names = ("name", "starts", "ends", "in_use", "position", "note")
    levels = [level["code"] for level in values["levels"]]
    return EditionFile(
        file=file,
        sha256=sha256,
        line=values["line"],
        framework=_row(values["framework"], "code", "name"),
        edition=_row(values["edition"], "code", *names),
        levels=tuple(
            Row(level["code"], level["line"], _plain(level)) for level in values["levels"]
        ),
        sections=tuple(
            Row(section["name"], section["line"], _plain(section)) for section in values["sections"]
        ),
        standards=tuple(_row(item, "number", "name") for item in values["standards"]),
        assertions=tuple(
            _row(item, "ref", "title", "standard", "confidence", position=place)
            for place, item in enumerate(values["assertions"], start=1)
        ),
        categories=tuple(
            _row(item, "code", "name", "explanation", position=place)
            for place, item in enumerate(values["categories"], start=1)
        ),
        requirements=tuple(
            _requirement(item, place, levels)
            for place, item in enumerate(values["requirements"], start=1)
        ),
        maps=tuple(entry for block in values["reference_map"] for entry in _maps(block)),
    )


def _requirement(item: Mapping[str, Any], place: int, levels: list[str]) -> RequirementRow:
    """Return a requirement under the names of the model's fields."""
    first = item["needed_from"]
    confidence = item["confidence"]
    values = {
        "title": item["title"],
        "question_plain": item["question"],
        "why_it_matters": item["why_it_matters"],
        "good_evidence": item["good_evidence"],
        "answer_kind": item["answer"],
        "section": item["section"],
        "group": item["group"],
        "levels": levels[levels.index(first) :] if first in levels else [],
        "mandatory": bool(first) or item["mandatory"],
        "condition": item["condition"],
        "na_allowed": item["not_applicable"],
        "freshness_months": item["freshness_months"],
        "confidence": confidence["source"],
        "ref_confidence": confidence["ref"],
        "level_confidence": confidence["level"],
        "confidence_note": confidence["note"],
        "reworded": item["reworded"],
        "position": place,
    }
    return RequirementRow(
        key=item["ref"],
        line=item["line"],
        values=values,
        assertion=item["assertion"],
        needed_from=first,
        supersedes=item["supersedes"],
    )


def _maps(block: Mapping[str, Any]) -> list[Mapped]:
    """Return the entries of one block of the reference map."""
    reworded = set(block["reworded"])
    return [
        Mapped(line, block["from"], old, new, reworded=new in reworded)
        for line, old, new in block["to"]
    ]


def _crosswalk(file: str, sha256: str, block: Mapping[str, Any]) -> CrosswalkBlock:
    """Return one block of a crosswalk file."""
    links = tuple(
        Link(item["line"], item["ref"], item["to"], item["why"]) for item in block["links"]
    )
    return CrosswalkBlock(file, sha256, block["line"], block["from"], block["to"], links)
