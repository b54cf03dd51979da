"""What changed between two texts, drawn: ``{% load differences %}{% changed_parts parts %}``."""

from collections.abc import Sequence
from typing import Any

from django import template

from portal.chrome.differences import ChangedPart

register = template.Library()


@register.inclusion_tag("components/differences.html")
def changed_parts(parts: Sequence[ChangedPart]) -> dict[str, Any]:
    """Show the parts: added words bold with a plus, removed ones struck through, folds in words."""
    return {"parts": parts}
