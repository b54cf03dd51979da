"""A policy's text as plain data, and as HTML that needs nothing of this portal."""

from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string
from wagtail.rich_text import expand_db_html

Plain = dict[str, Any]


def structured(body: Iterable[Any]) -> list[Plain]:
    """Return the blocks of a body as data.

    Every one has a ``type``; a heading has ``text``; a paragraph ``html``; points and steps
    ``items``; a table ``caption``, ``columns`` and ``rows``; a callout ``heading`` and ``html``.
    A block of a kind that is not named here has the ``html`` that readers see.
    """
    return [{"type": block.block_type} | _shape_of(block) for block in body]


def neutral_html(blocks: list[Plain]) -> str:
    """Return the same as HTML without classes, scripts, styles or pictures of ours."""
    return render_to_string("policies/api/text.html", {"blocks": blocks}).strip()


def _shape_of(block: Any) -> Plain:
    shape = _SHAPES.get(block.block_type)
    return shape(block.value) if shape else {"html": str(block.render())}


def _text(value: Any) -> Plain:
    return {"text": str(value)}


def _rich(value: Any) -> Plain:
    return {"html": expand_db_html(value.source)}


def _items(value: Any) -> Plain:
    return {"items": [str(entry) for entry in value]}


def _table(value: Any) -> Plain:
    return {
        "caption": value.caption or "",
        "columns": [column["heading"] for column in value.columns],
        "rows": [[str(cell or "") for cell in row["values"]] for row in value.row_data],
    }


def _callout(value: Any) -> Plain:
    return {"heading": str(value["heading"])} | _rich(value["text"])


_SHAPES: dict[str, Callable[[Any], Plain]] = {
    "heading": _text,
    "paragraph": _rich,
    "points": _items,
    "steps": _items,
    "table": _table,
    "callout": _callout,
}
