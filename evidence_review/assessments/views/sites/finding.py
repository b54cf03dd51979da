"""Find what an address names, within what the person may see."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from evidence_review.assessments.models import Assessment, Coverage
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.site_answers import visible_coverage
from portal.people.models import User


def head_office_or_404(person: User, public_id: str) -> Assessment:
    """Return an assessment of head office."""
    assessment = get_object_or_404(visible_assessments(person), public_id=public_id)
    if not assessment.is_head_office:
        raise Http404("This assessment belongs to one site. Only head office answers for others.")
    return assessment


def coverage_or_404(person: User, public_id: str, site_public_id: str) -> Coverage:
    """Return a site that head office answers for in an assessment."""
    return get_object_or_404(
        visible_coverage(person),
        assessment__public_id=public_id,
        site__public_id=site_public_id,
    )
