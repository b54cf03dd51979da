"""Find what an address names, within what the person may see."""

from django.shortcuts import get_object_or_404

from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.plan import visible_actions
from portal.people.models import User


def assessment_or_404(person: User, public_id: str) -> Assessment:
    """Return an assessment the person may see."""
    return get_object_or_404(visible_assessments(person), public_id=public_id)


def action_or_404(person: User, public_id: str, action_public_id: str) -> ImprovementAction:
    """Return an action of an assessment the person may see."""
    found = visible_actions(person).select_related(
        "assessment__edition", "assessment__site", "requirement__edition", "owner", "evidence__site"
    )
    return get_object_or_404(found, assessment__public_id=public_id, public_id=action_public_id)
