"""From the plain text of a starter file to the rich text of a policy."""

import re
from collections.abc import Mapping
from html import escape

from portal.policy_library.facts import fill

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\((https://[^\s()\"]+)\)")


def rich_text(text: str, facts: Mapping[str, str]) -> str:
    """Return HTML: a paragraph for each empty line, ``**bold**``, ``[words](https://...)``.

    Everything else is words. Facts are put in last and quoted, so nothing in a name is mark-up.
    """
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{_marked_up(part, facts)}</p>" for part in parts if part)


def _marked_up(part: str, facts: Mapping[str, str]) -> str:
    html = escape(part, quote=False)
    html = _BOLD.sub(r"<b>\1</b>", html)
    html = _LINK.sub(r'<a href="\2">\1</a>', html)
    return fill(html, facts, lambda value: escape(value, quote=False))
