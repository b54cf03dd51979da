"""A starter policy in memory, and what it becomes when facts are put in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.people.roles import Role
from portal.policies.topics import Topic
from portal.policy_library.facts import FACTS, Fact, asked_for, fill
from portal.policy_library.writing import rich_text

Raw = dict[str, Any]
"""A block as Wagtail keeps it: ``{"type": ..., "value": ...}``."""


@dataclass(frozen=True)
class Block:
    """One block of a starter text, before facts are put in. ``value`` is as the file has it."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Starter:
    """One starter policy. ``changes`` maps a version to what it changed, newest first."""

    code: str
    title: str
    version: int
    topic: Topic
    summary: str
    review_months: int
    for_roles: tuple[Role, ...]
    asks_to_confirm: bool
    supports: tuple[str, ...]
    sources: tuple[str, ...]
    check_first: tuple[str, ...]
    changes: Mapping[int, str]
    body: tuple[Block, ...]
    quiz: tuple[Mapping[str, Any], ...]

    def asks_for(self) -> list[Fact]:
        """Return the facts the text asks for, in the order in which they stand in it."""
        words = "\n".join(text for block in self.body for text in _words_of(block.value))
        return [FACTS[code] for code in asked_for(words)]

    def left_open(self, facts: Mapping[str, str]) -> list[Fact]:
        """Return the facts the text asks for and nobody has said."""
        return [fact for fact in self.asks_for() if not facts.get(fact.code)]

    def filled(self, facts: Mapping[str, str]) -> list[Raw]:
        """Return the text as blocks of a policy, with these facts put in."""
        return [{"type": block.kind, "value": _filled(block, facts)} for block in self.body]

    def questions(self) -> list[Raw]:
        """Return the quiz as blocks of a policy."""
        return [{"type": "question", "value": _question(question)} for question in self.quiz]

    def changes_since(self, version: int) -> list[str]:
        """Return in words what changed after a version, newest first."""
        return [self.changes[number] for number in sorted(self.changes, reverse=True)
                if number > version]  # fmt: skip


def _filled(block: Block, facts: Mapping[str, str]) -> Any:
    if block.kind == "paragraph":
        return rich_text(block.value, facts)
    if block.kind == "callout":
        heading = fill(block.value["heading"], facts)
        return {"heading": heading, "text": rich_text(block.value["text"], facts)}
    if block.kind == "table":
        columns = [{"type": "text", "heading": name} for name in block.value["columns"]]
        rows = [{"values": [fill(cell, facts) for cell in row]} for row in block.value["rows"]]
        return {"columns": columns, "rows": rows, "caption": block.value["caption"]}
    if block.kind == "heading":
        return fill(block.value, facts)
    return [fill(entry, facts) for entry in block.value]


def _question(question: Mapping[str, Any]) -> Raw:
    answers = [
        {"text": text, "is_right": place == question["right"]}
        for place, text in enumerate(question["answers"], start=1)
    ]
    return {"question": question["question"], "answers": answers, "why": question["why"]}


def _words_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        # Beside its words a mapping knows the line it stands in.
        return [text for entry in value.values() for text in _words_of(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in _words_of(entry)]
    return []
