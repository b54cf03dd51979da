"""Reading what the parser room says, and believing only what makes sense."""

import json
import os
import re
import select
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence_review.evidence.gate.reasons import Code

_ANSWER_BYTES = 65_536
_MOST_FACTS = 30
_LONGEST_FACT = 200
_LARGEST_FACT = 2**53
_FACT_NAME = re.compile(r"[a-z_]{1,40}")
_CODES: frozenset[str] = frozenset(Code)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the room said about a file. ``problem`` is "" or why there is nothing to believe."""

    codes: tuple[Code, ...] = ()
    facts: Mapping[str, int | str] = field(default_factory=dict)
    problem: str = ""


def collect(reply: int, seconds: float) -> bytes | None:
    """Everything written to a pipe until its other end closes; None when it takes too long."""
    deadline = time.monotonic() + seconds
    pieces: list[bytes] = []
    poll = select.poll()
    poll.register(reply, select.POLLIN)
    while sum(map(len, pieces)) <= _ANSWER_BYTES:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return None
        piece = os.read(reply, _ANSWER_BYTES)
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def read_answer(text: bytes) -> Answer | None:
    """The answer in the two lines of a reply; None when the room itself ended in between.

    The first line is the child's and may be anything; the last one is the room's and says how the
    child ended. An answer counts only from a child that ended well.
    """
    lines = [_parsed(line) for line in text.splitlines()]
    if not lines or "ended" not in lines[-1]:
        return None
    ended = lines[-1]["ended"]
    if ended != 0:
        failed = lines[0].get("failed") if len(lines) > 1 else None
        return Answer(problem=str(failed or _how_it_ended(ended))[:_LONGEST_FACT])
    if len(lines) != 2 or set(lines[0]) != {"codes", "facts"}:
        return Answer(problem="answer makes no sense")
    return _believed(lines[0]["codes"], lines[0]["facts"])


def _parsed(line: bytes) -> dict[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _how_it_ended(ended: object) -> str:
    if ended == "late":
        return "took too long"
    return f"signal {-ended}" if isinstance(ended, int) and ended < 0 else f"exit {ended}"


def _believed(codes: object, facts: object) -> Answer:
    if not isinstance(codes, list) or not isinstance(facts, dict) or len(facts) > _MOST_FACTS:
        return Answer(problem="answer makes no sense")
    known = all(isinstance(code, str) and code in _CODES for code in codes)
    if not known or not all(_is_fact(name, value) for name, value in facts.items()):
        return Answer(problem="answer makes no sense")
    return Answer(tuple(Code(code) for code in codes), facts)


def _is_fact(name: object, value: object) -> bool:
    if not isinstance(name, str) or not _FACT_NAME.fullmatch(name):
        return False
    if isinstance(value, str):
        return len(value) <= _LONGEST_FACT and value.isprintable()
    return isinstance(value, int) and abs(value) <= _LARGEST_FACT
