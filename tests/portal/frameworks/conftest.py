"""A small catalogue that tests change line by line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.frameworks.actions.load_catalogue import LoadResult, load_catalogue
from portal.frameworks.catalogue.problems import CatalogueRefused
from portal.record.actors import SETUP

SMALL = """\
framework: {code: demo, name: Demo framework}
edition:
  code: demo-v1
  name: Demo, version 1
levels:
  - {code: basic, name: Basic, total: 1}
  - {code: full, name: Full, total: 2}
sections:
  - name: People
    groups: [Training]
  - name: Systems
standards:
  - {number: 1, name: First standard}
assertions:
  - {ref: "1.1", standard: 1, title: First assertion}
categories:
  - {code: seen, name: Observation}
requirements:
  - ref: "1.1.1"
    assertion: "1.1"
    section: People
    group: Training
    needed_from: basic
    title: Trained
    question: Is everyone trained?
    why_it_matters: Untrained people make mistakes.
    good_evidence: [A list with dates.]
    answer: yes_no
    freshness_months: 12
    confidence: {source: source, ref: high, level: high}
  - ref: "1.1.2"
    section: Systems
    needed_from: full
    title: Backups
    question: Do you test backups?
    why_it_matters: Untested backups fail.
    good_evidence: [A note of a test.]
    answer: text
    confidence: {source: memory, ref: low, level: medium, note: Not seen.}
  - ref: "1.1.3"
    section: Systems
    title: Extra
    question: Anything else?
    why_it_matters: It may help.
    good_evidence: [Whatever there is.]
    answer: document_or_text
    confidence: {source: source, ref: medium, level: high}
reference_map:
  - from: demo-v0
    to:
      "9.1": "1.1.1"
      "9.2": "1.1.2"
    reworded: ["1.1.2"]
"""

Write = Callable[..., Path]
Load = Callable[..., LoadResult]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file, by default the small catalogue."""

    def write(text: str = SMALL, name: str = "demo.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


@pytest.fixture
def load(db: None, write: Write) -> Load:
    """Return a function that loads the small catalogue, with parts of it replaced."""

    def load(*replacements: tuple[str, str], more: str = "") -> LoadResult:
        return load_catalogue([write(changed(*replacements) + more)], actor=SETUP)

    return load


def changed(*replacements: tuple[str, str]) -> str:
    """Return the small catalogue with the first occurrence of each text replaced."""
    text = SMALL
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def line_of(text: str, part: str) -> int:
    """Return the line, counted from 1, in which ``part`` first stands."""
    return text[: text.index(part)].count("\n") + 1


def reasons(refused: pytest.ExceptionInfo[CatalogueRefused]) -> list[tuple[int, str]]:
    """Return (line, reason) of every problem."""
    return [(problem.line, problem.reason) for problem in refused.value.problems]
