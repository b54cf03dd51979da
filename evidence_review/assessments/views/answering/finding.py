"""Find what an address speaks of, among what the person may see."""

from django.shortcuts import get_object_or_404

from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.queries import visible_assessments
from portal.people.requests import PersonRequest


def find_assessment(request: PersonRequest, public_id: str) -> Assessment:
    """Return an assessment the person may see, or answer 404."""
    return get_object_or_404(visible_assessments(request.user), public_id=public_id)


def find_response(request: PersonRequest, public_id: str, ref: str) -> Response:
    """Return the answer to one question of an assessment the person may see, or answer 404."""
    assessment = find_assessment(request, public_id)
    response = get_object_or_404(
        Response.objects.select_related(
            "requirement__edition", "answered_by", "confirmed_by", "assigned_to"
        ),
        assessment=assessment,
        requirement__ref=ref,
        requirement__is_retired=False,
    )
    response.assessment = assessment
    return response
