"""What assessments do when the catalogue changes; registered in ``CATALOGUE_FOLLOWERS``.

A corrected edition may ask something more, need an answer for another level, or let evidence lapse
sooner. The assessments that are under way follow in the same transaction, so that nobody reads a
level that the catalogue no longer gives.
"""

from collections.abc import Collection

from evidence_review.assessments.actions.restate import restate, retally
from evidence_review.assessments.models import Response
from portal.frameworks.models import Edition
from portal.frameworks.queries import requirements_in_order
from portal.record.actors import Actor

_AT_ONCE = 20


def editions_changed(codes: Collection[str], *, actor: Actor) -> None:
    """Give new questions an empty answer, and count every assessment of these editions anew."""
    for edition in Edition.objects.filter(code__in=codes, assessments__isnull=False).distinct():
        pks = list(edition.assessments.order_by("pk").values_list("pk", flat=True))
        _ask_what_is_new(edition, pks)
        for start in range(0, len(pks), _AT_ONCE):
            some = pks[start : start + _AT_ONCE]
            answers = Response.objects.filter(assessment__in=some)
            restate(list(answers.values_list("pk", flat=True)))
            retally(some)


def _ask_what_is_new(edition: Edition, assessments: Collection[int]) -> None:
    there = set(
        Response.objects.filter(assessment__in=assessments).values_list(
            "assessment_id", "requirement_id"
        )
    )
    Response.objects.bulk_create(
        [
            Response(assessment_id=pk, requirement=requirement)
            for requirement in requirements_in_order(edition)
            for pk in assessments
            if (pk, requirement.pk) not in there
        ]
    )
