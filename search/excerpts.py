"""The part of a text around the words somebody looked for, with those words marked."""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

LENGTH = 220
"""Characters of text shown under a title."""
_BEFORE = 60
_ENDINGS = re.compile(r"(?:ations?|ments?|ings?|edly|ied|ies|ed|es|ly|s|y|e)$")
_SHORTEST_ROOT = 4


def excerpt(text: str, words: Sequence[str]) -> SafeString:
    """Return an excerpt as safe HTML. Without a hit it is the beginning of the text."""
    flat = " ".join(text.split())
    pattern = _pattern(tuple(words))
    hit = pattern.search(flat) if pattern else None
    start = _word_start(flat, max(0, hit.start() - _BEFORE)) if hit else 0
    end = _word_end(flat, start + LENGTH)
    cut = _marked(flat[start:end], pattern)
    return format_html("{}{}{}", "… " if start else "", cut, " …" if end < len(flat) else "")


def has_any(text: str, words: Sequence[str]) -> bool:
    """Tell whether any of the words, or a form of one, stands in the text."""
    pattern = _pattern(tuple(words))
    return bool(pattern and pattern.search(text))


def root_of(word: str) -> str:
    """Return what the forms of a word have in common: ``polic`` of ``policy`` and ``policies``."""
    root = _ENDINGS.sub("", word)
    return root if len(root) >= _SHORTEST_ROOT else word


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds any of the words where a word begins, and whole words of the same root.

    What was typed is marked as far as it was typed, another form of it from end to end.
    """
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    forms = [re.escape(word) for word in longest_first]
    forms += [
        rf"{re.escape(root)}\w{{0,8}}" for word in longest_first if (root := root_of(word)) != word
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})", re.IGNORECASE)


def _marked(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """Return text as safe HTML with every hit in a ``mark`` element."""
    if pattern is None:
        return conditional_escape(text)
    parts: list[str] = []
    done = 0
    for hit in pattern.finditer(text):
        parts += [conditional_escape(text[done : hit.start()])]
        parts += [format_html("<mark>{}</mark>", hit.group())]
        done = hit.end()
    parts.append(conditional_escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308  # every part was escaped just above


def _word_start(text: str, place: int) -> int:
    """Return the first place at or after ``place`` where a word begins."""
    if place == 0:
        return 0
    space = text.find(" ", place)
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    """Return the last place at or before ``place`` where a word ends."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place + 1)
    return space if space > 0 else place
