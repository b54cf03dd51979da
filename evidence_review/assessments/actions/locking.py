"""The one order in which rows of an assessment are locked: evidence, assessment, answer."""

from evidence_review.assessments.models import Assessment, Response


def lock_response(response: Response) -> Response:
    """Lock an answer for an action and return it as it is now, with what permissions ask of.

    Its assessment is locked first, as ``restate`` does: so an answer that is saved and an evidence
    that is approved at the same moment wait for each other and never block each other for good.
    """
    assessments = Assessment.objects.select_for_update(no_key=True, of=("self",))
    assessment = assessments.select_related("site", "edition").get(pk=response.assessment_id)
    locked = (
        Response.objects.select_for_update(of=("self",))
        .select_related("requirement__edition", "answered_by", "confirmed_by", "assigned_to")
        .get(pk=response.pk)
    )
    locked.assessment = assessment
    return locked
