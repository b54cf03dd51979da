"""The way from an inspector's summary to their pack."""

from typing import Any

from django import template

from evidence_review.inspection.models import InspectorAccess
from evidence_review.packs.queries import newest_of_access, newest_ready_of_access
from evidence_review.packs.states import UNDER_WAY

register = template.Library()


@register.inclusion_tag("packs/panel.html")
def inspection_pack(access: InspectorAccess) -> dict[str, Any]:
    """Show that there is a pack, or that one can be had."""
    newest = newest_of_access(access)
    return {
        "access": access,
        "ready": newest_ready_of_access(access),
        "moving": newest is not None and newest.state in UNDER_WAY,
    }
