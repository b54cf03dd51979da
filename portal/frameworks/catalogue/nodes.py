"""YAML as it stands in the file, so that every complaint can name its line."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from portal.frameworks.catalogue.problems import Problem

LARGEST_FILE = 2_000_000
"""Bytes. A catalogue is some 50,000."""

_TAG = "tag:yaml.org,2002:"
_REQUIRED = object()


def line_of(node: Node) -> int:
    """Return the line a node starts in, counted from 1."""
    return int(node.start_mark.line) + 1


@dataclass(frozen=True)
class Key:
    """What may stand under one key: how it is read, and its value when it is left out."""

    read: "Callable[[Reader, Node], Any]"
    default: Any = _REQUIRED

    @property
    def is_required(self) -> bool:
        """Whether leaving it out is a problem."""
        return self.default is _REQUIRED


@dataclass
class Reader:
    """Reads one file and gathers what is wrong with it, instead of stopping at the first thing."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, node: Node, reason: str) -> None:
        """Note a problem in the line of ``node``."""
        self.problems.append(Problem(self.file, line_of(node), reason))

    def mapping(self, node: Node, keys: Mapping[str, Key]) -> dict[str, Any]:
        """Read a mapping with exactly these keys; the result also holds its ``line``."""
        values: dict[str, Any] = {
            name: None if key.is_required else key.default for name, key in keys.items()
        }
        values["line"] = line_of(node)
        if not isinstance(node, MappingNode):
            self.complain(node, f"expected the keys {', '.join(keys)}")
            return values
        seen: set[str] = set()
        for key_node, value_node in node.value:
            name = str(key_node.value)
            if name not in keys:
                self.complain(key_node, f"unknown key {name!r}")
            elif name in seen:
                self.complain(key_node, f"the key {name!r} stands here twice")
            else:
                values[name] = keys[name].read(self, value_node)
            seen.add(name)
        for name, key in keys.items():
            if key.is_required and name not in seen:
                self.complain(node, f"the key {name!r} is missing")
        return values

    def items(self, node: Node) -> list[Node]:
        """Return the entries of a list."""
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.complain(node, "expected a list, one entry a line, each after a dash")
        return []

    def scalar(self, node: Node, tag: str, expected: str) -> str | None:
        """Return the text of a plain value of one YAML type, or note a problem."""
        if isinstance(node, ScalarNode) and node.tag == _TAG + tag:
            return str(node.value)
        self.complain(node, f"expected {expected}")
        return None


def name_like(pattern: str, longest: int) -> Callable[[Reader, Node], Any]:
    """Read a code or reference: certain characters only, because it is part of addresses."""
    plain = text(longest)

    def read(reader: Reader, node: Node) -> str | None:
        value: str | None = plain(reader, node)
        if value and not re.fullmatch(pattern, value):
            reader.complain(node, f"{value!r} has characters that cannot stand here")
        return value

    return read


def text(longest: int = 2000) -> Callable[[Reader, Node], Any]:
    """Read text of at least one and at most ``longest`` characters."""

    def read(reader: Reader, node: Node) -> str | None:
        value = reader.scalar(node, "str", "text (put numbers such as 1.1 in quotes)")
        if value is not None and not value.strip():
            reader.complain(node, "this must not be empty")
        elif value is not None and len(value) > longest:
            reader.complain(node, f"this is longer than {longest} characters")
        return value.strip() if value is not None else None

    return read


def whole_number(reader: Reader, node: Node) -> int | None:
    """Read a whole number from 0 to 9999."""
    value = reader.scalar(node, "int", "a whole number")
    if value is None:
        return None
    if not value.isdecimal() or len(value) > 4:
        reader.complain(node, "expected a whole number from 0 to 9999")
        return None
    return int(value)


def flag(reader: Reader, node: Node) -> bool:
    """Read true or false."""
    return (reader.scalar(node, "bool", "true or false") or "").lower() in ("true", "yes", "on")


def day(reader: Reader, node: Node) -> date | None:
    """Read a date as 2026-06-30."""
    value = reader.scalar(node, "timestamp", "a date such as 2026-06-30")
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        reader.complain(node, f"{value} is not a real date")
        return None


def one_of(*allowed: str) -> Callable[[Reader, Node], Any]:
    """Read one of a few words."""

    def read(reader: Reader, node: Node) -> str | None:
        value = reader.scalar(node, "str", f"one of {', '.join(allowed)}")
        if value is not None and value not in allowed:
            reader.complain(node, f"{value!r} is not one of {', '.join(allowed)}")
        return value

    return read


def list_of(read: Callable[[Reader, Node], Any]) -> Callable[[Reader, Node], list[Any]]:
    """Read a list whose entries are all read the same way."""
    return lambda reader, node: [read(reader, entry) for entry in reader.items(node)]


def mapping_of(keys: Mapping[str, Key]) -> Callable[[Reader, Node], dict[str, Any]]:
    """Read a mapping with known keys."""
    return lambda reader, node: reader.mapping(node, keys)


def compose(reader: Reader, content: bytes) -> Node | None:
    """Return the root of a file, or note why it is no readable YAML."""
    if len(content) > LARGEST_FILE:
        reader.problems.append(Problem(reader.file, 0, "the file is too large for a catalogue"))
        return None
    try:
        root: Node | None = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        reader.problems.append(Problem(reader.file, line, f"not valid YAML: {error.problem}"))
    except (yaml.YAMLError, RecursionError):
        reader.problems.append(Problem(reader.file, 0, "not valid YAML"))
    else:
        if root is None:
            reader.problems.append(Problem(reader.file, 0, "the file is empty"))
        return root
    return None
