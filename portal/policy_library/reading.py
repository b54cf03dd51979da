"""From files to starter policies. What is wrong with a file is said with its line."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.frameworks.catalogue.nodes import Reader, compose
from portal.frameworks.catalogue.problems import CatalogueRefused, Problem, refuse_if_any
from portal.people.roles import Role
from portal.policies.topics import Topic
from portal.policy_library.grammar import STARTER
from portal.policy_library.starters import Starter

OWN_FILES = Path(__file__).parent / "starters"
"""The starters that come with the portal."""


def library() -> dict[str, Starter]:
    """Return every starter by its code, in the order of topics and titles.

    The folders are the portal's own and those of ``POLICY_STARTERS``; a later folder's starter
    takes the place of an earlier one's with the same code.

    Raises:
        CatalogueRefused: naming file, line and reason of everything that is not as it should be.
    """
    return dict(_library(tuple(str(folder) for folder in settings.POLICY_STARTERS)))


@lru_cache(maxsize=8)
def _library(folders: tuple[str, ...]) -> dict[str, Starter]:
    found: dict[str, Starter] = {}
    for folder in (OWN_FILES, *map(Path, folders)):
        found |= {starter.code: starter for starter in read_starters(sorted(folder.glob("*.yaml")))}
    order = list(Topic)
    ordered = sorted(found.values(), key=lambda one: (order.index(one.topic), one.title.casefold()))
    return {starter.code: starter for starter in ordered}


def read_starters(paths: Iterable[Path]) -> list[Starter]:
    """Read starter files.

    Raises:
        CatalogueRefused: naming file, line and reason of everything that is not as it should be.
    """
    problems: list[Problem] = []
    found = [starter for path in paths if (starter := _read(path, problems)) is not None]
    refuse_if_any(problems)
    return found


def _read(path: Path, problems: list[Problem]) -> Starter | None:
    reader = Reader(path.name, problems)
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(Problem(path.name, 0, f"the file cannot be read: {error.strerror}"))
        return None
    root = compose(reader, content)
    if root is None:
        return None
    already = len(problems)
    values = reader.mapping(root, STARTER)
    if len(problems) > already:
        return None
    problems += _incoherent(path, values)
    return _starter(values) if len(problems) == already else None


def _incoherent(path: Path, values: Mapping[str, Any]) -> Iterable[Problem]:
    """Give what no single key can tell."""
    if values["code"] != path.stem:
        yield Problem(path.name, 0, f"the code is {values['code']!r}, but the file's name is not")
    numbers = [change["version"] for change in values["changes"]]
    if numbers != list(range(values["version"], 0, -1)):
        yield Problem(
            path.name, 0, "'changes' must name every version, the newest first, down to 1"
        )
    if not values["body"]:
        yield Problem(path.name, 0, "the body is empty")
    for key in ("supports", "for_roles"):
        if len(set(values[key])) != len(values[key]):
            yield Problem(path.name, 0, f"{key!r} names something twice")


def _starter(values: Mapping[str, Any]) -> Starter:
    return Starter(
        code=values["code"],
        title=values["title"],
        version=values["version"],
        topic=Topic(values["topic"]),
        summary=values["summary"],
        review_months=values["review_months"],
        for_roles=tuple(Role(role) for role in values["for_roles"]),
        asks_to_confirm=values["confirm"],
        supports=tuple(values["supports"]),
        sources=tuple(values["sources"]),
        check_first=tuple(values["check_first"]),
        changes={change["version"]: change["what"] for change in values["changes"]},
        body=tuple(values["body"]),
        quiz=tuple(values["quiz"]),
    )


__all__ = ["OWN_FILES", "CatalogueRefused", "library", "read_starters"]
