"""What must be true of assessments at all times."""

from collections.abc import Iterator

from evidence_review.assessments.actions.restate import results_of, tallies_of
from evidence_review.assessments.frozen import sha256_of
from evidence_review.assessments.models import Assessment, Publication, Response
from portal.record.queries import events
from portal.record.verbs import Verb

_AT_ONCE = 50


def standing_follows_from_the_evidence() -> Iterator[str]:
    """I13: what is kept of how answers stand is what their evidence says now."""
    assessments = list(Assessment.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(assessments), _AT_ONCE):
        yield from _wrong_standings(assessments[start : start + _AT_ONCE])
        yield from _wrong_tallies(assessments[start : start + _AT_ONCE])


def publications_are_as_published() -> Iterator[str]:
    """I14: a publication's answers have the hash that it and its event carry."""
    vouched = {
        str(event.data["facts"]["publication"]): event.sha256
        for event in events().filter(verb=Verb.ASSESSMENT_PUBLISHED).iterator()
    }
    for publication in Publication.objects.order_by("pk").iterator():
        sha256 = sha256_of(publication.answers.order_by("position"))
        if sha256 != publication.answers_sha256:
            yield f"the answers of publication {publication.public_id} are not as published"
        if vouched.pop(publication.public_id, "") != publication.answers_sha256:
            yield f"the record does not vouch for publication {publication.public_id}"
    for public_id in sorted(vouched):
        yield f"publication {public_id} is on record, and not in the tables"


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
