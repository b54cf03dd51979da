"""The inside of a version on any page: ``{% load looking_inside %}{% preview_parts preview %}``."""

from typing import Any

from django import template
from django.urls import reverse

from evidence_review.extraction.comparing import TextDifference
from evidence_review.extraction.previews import Preview

register = template.Library()


@register.inclusion_tag("extraction/_preview.html")
def preview_parts(preview: Preview, pages_at: str = "inside:page") -> dict[str, Any]:
    """Show page pictures and text, or why there are none.

    ``pages_at`` names the pictures' address: in the admin it is another, and the pages scroll.
    """
    public_id = preview.version.public_id
    return {
        "preview": preview,
        "scrolls": pages_at != "inside:page",
        "pages": [
            (number, reverse(pages_at, args=(public_id, number))) for number in preview.page_numbers
        ],
    }


@register.inclusion_tag("extraction/_difference.html")
def difference_parts(difference: TextDifference) -> dict[str, Any]:
    """Show what changed in the text of two versions, or why that cannot be said."""
    return {"difference": difference}
