"""Holds on an evidence's own page: ``{% load retention %}{% holds_note evidence %}``."""

from typing import Any

from django import template

from evidence_review.evidence.models import Evidence
from evidence_review.retention.permissions import user_can_manage_retention
from evidence_review.retention.queries import holds_on
from portal.people.models import User

register = template.Library()


@register.inclusion_tag("retention/_holds_note.html")
def holds_note(evidence: Evidence) -> dict[str, Any]:
    """Say which open holds cover the evidence; nothing where none does."""
    return {"holds": list(holds_on(evidence))}


@register.inclusion_tag("retention/_holds_panel.html")
def holds_panel(evidence: Evidence, person: User) -> dict[str, Any]:
    """Say the same in the admin, with a way to place a hold for those who may."""
    return {
        "evidence": evidence,
        "holds": list(holds_on(evidence)),
        "may_hold": bool(user_can_manage_retention(person)),
    }
