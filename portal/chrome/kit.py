"""Makes our small neutral stylesheet out of the NHS design system's compiled one.

The kit asks a remote host for its font, names a source map that is not shipped, and carries parts
that the portal has no use for. What is left is a quarter of the size and asks nobody for anything.
"""

import re
from collections.abc import Iterator

_UNUSED = """
    header hero card expander action panel tabs code breadcrumb task lede section image contents
    do dont warning footer inset character frontend font static padding margin pagination back
    notification summary tag care icon logo transactional review nav link table caption body
    heading grid footnote password file images feedback
"""
UNUSED = frozenset(_UNUSED.split())
"""Parts of the kit, by the word after ``nhsuk-`` (or ``nhsuk-u-``), that no page of ours uses."""

_UNUSED_SELECTOR = re.compile(rf"\.nhsuk-(?:u-)?(?:{'|'.join(sorted(UNUSED))})(?![a-z])")
_GROUPS = ("@media", "@supports")


def neutral_css(css: str) -> str:
    """Return ``css`` without remote fonts, source map, unused parts and the kit's own font."""
    css = re.sub(r"/\*.*?\*/", "", css.replace('@charset "UTF-8";', ""), flags=re.DOTALL)
    css = css.replace("Frutiger W01,", "").replace("/assets/", "")
    return '@charset "UTF-8";' + "\n".join(_kept(css)) + "\n"


def _kept(css: str) -> Iterator[str]:
    for head, body in _rules(css):
        if head.startswith("@font-face"):
            continue
        if head.startswith(_GROUPS):
            inner = "".join(_kept(body))
            if inner:
                yield f"{head}{{{inner}}}"
            continue
        if head == ":root":
            continue
        selectors = [one for one in _selectors(head) if not _UNUSED_SELECTOR.search(one)]
        if selectors:
            yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield (selector or at-rule, body) of each rule at the top level of ``css``."""
    start = 0
    while (opening := css.find("{", start)) >= 0:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[start:opening].strip(), css[opening + 1 : end - 1]
        start = end


def _selectors(head: str) -> list[str]:
    """Split a selector list at its top-level commas: those inside ``:is(...)`` stay."""
    return [one.strip() for one in re.split(r",(?![^(]*\))", head)]
