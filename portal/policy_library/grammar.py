"""Which keys a starter file has, and what may stand under each."""

from collections.abc import Callable
from typing import Any

from yaml.nodes import MappingNode, Node

from portal.frameworks.catalogue.nodes import (
    Key,
    Reader,
    flag,
    list_of,
    mapping_of,
    name_like,
    one_of,
    text,
    whole_number,
)
from portal.people.roles import Role
from portal.policies.topics import Topic
from portal.policy_library.facts import FACTS, asked_for
from portal.policy_library.starters import Block

_code = name_like(r"[a-z0-9][a-z0-9-]*", 40)
_requirement = name_like(r"[a-z0-9][a-z0-9-]*:[A-Za-z0-9][A-Za-z0-9.-]*", 60)
_FEWEST_ANSWERS, _MOST_ANSWERS, _MOST_QUESTIONS, _LONGEST_REVIEW = 2, 6, 10, 60


def words(longest: int) -> Callable[[Reader, Node], Any]:
    """Read text in which ``{organisation}`` and the other facts may stand, and no other."""
    plain = text(longest)

    def read(reader: Reader, node: Node) -> str | None:
        value: str | None = plain(reader, node)
        for name in asked_for(value or ""):
            if name not in FACTS:
                reader.complain(node, f"{{{name}}} is not one of the facts: {', '.join(FACTS)}")
        return value

    return read


def cell(reader: Reader, node: Node) -> str | None:
    """Read a cell of a table, which may be empty."""
    if getattr(node, "value", None) == "":
        return reader.scalar(node, "str", 'text, or "" for an empty cell')
    value: str | None = words(500)(reader, node)
    return value


def table(reader: Reader, node: Node) -> dict[str, Any]:
    """Read a table; every row has a cell for every column."""
    values = reader.mapping(node, TABLE)
    width = len(values["columns"] or ())
    for row in values["rows"] or ():
        if len(row) != width:
            reader.complain(node, f"a row of this table has {len(row)} cells instead of {width}")
    return values


def question(reader: Reader, node: Node) -> dict[str, Any]:
    """Read a question; ``right`` is the number of its one right answer, counted from 1."""
    values = reader.mapping(node, QUESTION)
    answers = values["answers"] or []
    if not _FEWEST_ANSWERS <= len(answers) <= _MOST_ANSWERS:
        reader.complain(node, "a question has two to six answers")
    if not 1 <= (values["right"] or 0) <= len(answers):
        reader.complain(node, "'right' is the number of the right answer, counted from 1")
    return values


def block(reader: Reader, node: Node) -> Block | None:
    """Read one block: a mapping with one key, the kind of block."""
    if not isinstance(node, MappingNode) or len(node.value) != 1:
        reader.complain(node, f"expected one of {', '.join(BLOCKS)}")
        return None
    key, value = node.value[0]
    kind = str(key.value)
    if kind not in BLOCKS:
        reader.complain(key, f"{kind!r} is not one of {', '.join(BLOCKS)}")
        return None
    return Block(kind, BLOCKS[kind](reader, value))


def months(reader: Reader, node: Node) -> int | None:
    """Read how often a policy is looked at again: 1 to 60 months."""
    value = whole_number(reader, node)
    if value is not None and not 1 <= value <= _LONGEST_REVIEW:
        reader.complain(node, "expected 1 to 60 months")
    return value


def questions(reader: Reader, node: Node) -> list[Any]:
    """Read a quiz of at most ten questions."""
    found = list_of(question)(reader, node)
    if len(found) > _MOST_QUESTIONS:
        reader.complain(node, "a quiz has at most ten questions")
    return found


TABLE = {
    "caption": Key(text(200)),
    "columns": Key(list_of(text(100))),
    "rows": Key(list_of(list_of(cell))),
}
CALLOUT = {"heading": Key(words(120)), "text": Key(words(2000))}
QUESTION = {
    "question": Key(text(250)),
    "answers": Key(list_of(text(200))),
    "right": Key(whole_number),
    "why": Key(text(300)),
}
CHANGE = {"version": Key(whole_number), "what": Key(text(300))}
BLOCKS: dict[str, Callable[[Reader, Node], Any]] = {
    "heading": words(120),
    "paragraph": words(5000),
    "points": list_of(words(400)),
    "steps": list_of(words(400)),
    "table": table,
    "callout": mapping_of(CALLOUT),
}
STARTER = {
    "code": Key(_code),
    "title": Key(text(120)),
    "version": Key(whole_number),
    "topic": Key(one_of(*Topic.values)),
    "summary": Key(text(250)),
    "review_months": Key(months),
    "for_roles": Key(list_of(one_of(*Role.values))),
    "confirm": Key(flag),
    "supports": Key(list_of(_requirement)),
    "sources": Key(list_of(text(300))),
    "check_first": Key(list_of(text(300)), ()),
    "changes": Key(list_of(mapping_of(CHANGE))),
    "body": Key(list_of(block)),
    "quiz": Key(questions, ()),
}
