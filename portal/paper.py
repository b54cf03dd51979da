"""Tagged PDFs (PDF/UA-1), set by typst.

What people wrote goes to typst as data and is never read as its language. The fonts are typst's
own, so that every machine makes the same file.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

UNKNOWN = "□"
"""Stands for a sign that the fonts do not have; a PDF/UA may not hold one."""
_SHOWN = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x17F),
    (0x218, 0x21B),
    (0x391, 0x3A1),
    (0x3A3, 0x3C9),
    (0x386, 0x386),
    (0x388, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x390),
    (0x3CA, 0x3CE),
    (0x400, 0x45F),
    (0x1E80, 0x1E85),
    (0x1EF2, 0x1EF3),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x25A1, 0x25A1),
)


def pdf(template: Path, facts: dict[str, Any], *, at: datetime, drawing: str = "") -> bytes:
    """Return what a ``.typ`` template makes of facts; the same ones give the same bytes.

    The template reads ``facts`` as JSON from its input ``data``. Signs that cannot be set are
    replaced in every text of it. ``drawing`` is an SVG of ours, given to it as it is; ``at`` is the
    date that the file bears.
    """
    made = typst.compile(
        _content(template),
        format="pdf",
        sys_inputs={
            "data": json.dumps(printable(facts), ensure_ascii=False),
            "drawing": drawing,
        },
        pdf_standards=["ua-1"],
        timestamp=at.replace(microsecond=0),
        ignore_system_fonts=True,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


def printable(value: object) -> Any:
    """Return the value with every sign that cannot be set replaced."""
    if isinstance(value, str):
        return _set(value)
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def _set(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    signs = _signs()
    return "".join(sign if sign in signs else " " if sign.isspace() else UNKNOWN for sign in text)


@cache
def _signs() -> frozenset[str]:
    return frozenset(chr(code) for first, last in _SHOWN for code in range(first, last + 1))


@cache
def _content(template: Path) -> bytes:
    return template.read_bytes()
