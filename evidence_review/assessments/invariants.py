"""What must be true of assessments at all times."""

from collections.abc import Iterator

from evidence_review.assessments.actions.restate import results_of, tallies_of
from evidence_review.assessments.models import Assessment, Response

_AT_ONCE = 50


def standing_follows_from_the_evidence() -> Iterator[str]:
    """I13: what is kept of how answers stand is what their evidence says now."""
    assessments = list(Assessment.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(assessments), _AT_ONCE):
        yield from _wrong_standings(assessments[start : start + _AT_ONCE])
        yield from _wrong_tallies(assessments[start : start + _AT_ONCE])


def _wrong_standings(assessment_ids: list[int]) -> Iterator[str]:
    responses = list(
        Response.objects.filter(assessment__in=assessment_ids).select_related("requirement")
    )
    for response, result in zip(responses, results_of(responses), strict=True):
        if (response.standing, response.good_until) != (result.standing, result.good_until):
            yield (
                f"answer {response.public_id} is kept as {response.standing} until "
                f"{response.good_until}; it is {result.standing.value} until {result.good_until}"
            )


def _wrong_tallies(assessment_ids: list[int]) -> Iterator[str]:
    counted = tallies_of(assessment_ids)
    for assessment in Assessment.objects.filter(pk__in=assessment_ids):
        if assessment.tally != counted[assessment.pk].to_json():
            yield f"the tally of assessment {assessment.public_id} is not what its answers say"
