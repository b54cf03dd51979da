"""The way from an inspector's summary to their pack."""

from typing import Any

from django import template

from evidence_review.inspection.models import InspectorAccess
from evidence_review.packs.queries import standing_packs_of_access
from evidence_review.packs.states import PackState

register = template.Library()


@register.inclusion_tag("packs/panel.html")
def inspection_pack(access: InspectorAccess) -> dict[str, Any]:
    """Show that there is a pack, or that one can be had."""
    packs = standing_packs_of_access(access)
    ready = [pack for pack in packs if pack.state == PackState.READY]
    return {
        "access": access,
        "ready": ready[0] if ready else None,
        "moving": len(ready) < len(packs),
    }
