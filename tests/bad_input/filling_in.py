"""Sending one text in several fields of a form, and what must come of it."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.test import Client
from django.utils.html import escape

HARMLESS = "Fire drill"
_NUMBERED_SPACE = re.compile(r"\s+")


def refused_fields(answer: Any) -> dict[str, list[str]]:
    """Return the sentences beside each field of the form that came back."""
    form = answer.context["form"]
    return {name: [str(sentence) for sentence in found] for name, found in form.errors.items()}


def fill_in(
    client: Client, address: str, text: str, fields: Iterable[str], others: Mapping[str, Any]
) -> set[str]:
    """Send ``text`` in each of the fields; return the names of those that took it.

    Fields that refuse it must say so in a sentence; they are then sent with something harmless, so
    that the others are kept all the same.
    """
    fields = tuple(fields)
    answer = client.post(address, dict(others) | dict.fromkeys(fields, text))
    if answer.status_code == 302:
        return set(fields)
    assert answer.status_code in (200, 400), (answer.status_code, text)
    refused = refused_fields(answer)
    assert set(refused) <= set(fields), (refused, text)
    assert all(is_sentence(words) for found in refused.values() for words in found), refused
    assert_shown_escaped(answer, text)
    taken = set(fields) - set(refused)
    sent = {name: text if name in taken else HARMLESS for name in fields}
    again = client.post(address, dict(others) | sent)
    assert again.status_code == 302, (refused_fields(again), text)
    return taken


def is_sentence(words: str) -> bool:
    """Tell whether something was said: more than one word, and no name of a field or of a class."""
    return len(words.split()) > 2 and "Error" not in words and "_" not in words


def assert_shown_escaped(answer: Any, *texts: str) -> None:
    """Require that no text stands in a page as mark-up of its own."""
    page = answer.content.decode()
    for text in texts:
        if len(text) > 8 and "<" in text:
            assert text not in page, text


def assert_shown(page: str, text: str) -> None:
    """Require that a text can be read in a page, spaces and line ends aside."""
    assert _bare(escape(text)) in _bare(page), text


def _bare(text: str) -> str:
    return _NUMBERED_SPACE.sub("", html.unescape(text))
