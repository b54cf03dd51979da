"""Answers held still: their one text, its SHA-256, and what differs between two sets. Pure.

The canonical text is what ``Publication.answers_sha256`` is the SHA-256 of: the answers in
the order of the catalogue as a JSON list of objects with the keys of ``KEPT``, keys sorted, no
spaces, UTF-8.
Whoever has a publication's answers can work the hash out again (docs/invariants/publications.md).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence_review.assessments.models import PublishedAnswer

KEPT = ("position", "ref", "section", "question", "standing", "answer", "evidence")
"""What of a published answer goes into the canonical text."""

_SHORT = 16
"""Hex digits of a fingerprint: enough to tell one answer from its neighbour's next version."""


def canonical_text(answers: Iterable[PublishedAnswer]) -> str:
    """Return the one text of these answers."""
    rows = [{name: getattr(answer, name) for name in KEPT} for answer in answers]
    return json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(answers: Iterable[PublishedAnswer]) -> str:
    """Return the SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(canonical_text(answers).encode()).hexdigest()


def fingerprints(answers: Iterable[PublishedAnswer]) -> dict[str, str]:
    """Return a short fingerprint of each answer by its reference, to tell which of them changed."""
    return {answer.ref: sha256_of([answer])[:_SHORT] for answer in answers}


@dataclass(frozen=True)
class Change:
    """One question that stands differently now: either side is missing where there was none."""

    ref: str
    question: str
    before: PublishedAnswer | None
    now: PublishedAnswer | None

    @property
    def in_words(self) -> str:
        """What differs, in one sentence."""
        if self.now is None:
            return "This question is not asked any more."
        if self.before is None:
            return "This question was not asked then."
        parts = [name for name, differs in self._parts(self.before, self.now) if differs]
        return f"Different: {', '.join(parts)}."

    @staticmethod
    def _parts(before: PublishedAnswer, now: PublishedAnswer) -> list[tuple[str, bool]]:
        return [
            ("the question", before.question != now.question),
            ("the answer", before.answer != now.answer),
            ("its evidence", before.evidence != now.evidence),
            ("its standing", before.standing != now.standing),
        ]


def changed_since(
    before: Sequence[PublishedAnswer], now: Sequence[PublishedAnswer]
) -> list[Change]:
    """Return the questions whose answers, standing or evidence differ, in the order of ``now``."""
    old, new = {one.ref: one for one in before}, {one.ref: one for one in now}
    return [
        Change(ref, newest.question, old.get(ref), new.get(ref))
        for ref, newest in (new | {ref: one for ref, one in old.items() if ref not in new}).items()
        if _content(old.get(ref)) != _content(new.get(ref))
    ]


def refs_changed(seen: Mapping[str, str], now: Sequence[PublishedAnswer]) -> list[str]:
    """Return the references whose answers are not those that somebody has seen."""
    present = fingerprints(now)
    return [ref for ref in dict.fromkeys([*present, *seen]) if present.get(ref) != seen.get(ref)]


def _content(answer: PublishedAnswer | None) -> Any:
    # Where a question stands in the catalogue says nothing about its answer.
    return answer and (answer.question, answer.standing, answer.answer, answer.evidence)
