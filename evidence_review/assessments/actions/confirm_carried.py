"""Say of several answers at once that they still hold."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from evidence_review.assessments.actions.restate import restate
from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.assessments.queries.rolling_over import review_of
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb
from portal.refused import Refused


class CannotBeConfirmedTogether(Refused):
    """One of the answers needs to be opened: it changed, or its question did."""

    status = 409


@transaction.atomic
def confirm_carried(
    assessment: Assessment, read: Mapping[str, int], *, actor: User
) -> list[Response]:
    """Confirm carried answers whose questions did not change; return them.

    ``read`` maps the public id of each answer to the revision that was read. All are confirmed, or
    none.

    Raises:
        NotPermitted: the actor may not answer here.
        CannotBeConfirmedTogether: one is confirmed, changed, reworded, new or not answered.
    """
    rows = Assessment.objects.select_for_update(no_key=True, of=("self",))
    assessment = rows.select_related(
        "edition", "site", "carried_from__edition", "carried_from__site"
    ).get(pk=assessment.pk)
    require(user_can_answer(actor, assessment))
    chosen = _chosen(assessment, read)
    before = {one.pk: one.standing for one in chosen}
    now = timezone.now()
    for response in chosen:
        response.confirmed_by, response.confirmed_at = actor, now
        if response.answered_at is None:
            response.answered_by, response.answered_at = actor, now
    bulk_update_with_history(
        chosen,
        Response,
        ["answered_by", "answered_at", "confirmed_by", "confirmed_at"],
        default_user=actor,
    )
    restate(list(before))
    after = dict(Response.objects.filter(pk__in=before).values_list("pk", "standing"))
    record_all([_entry(one, before[one.pk], after[one.pk], actor) for one in chosen])
    return chosen


def _chosen(assessment: Assessment, read: Mapping[str, int]) -> list[Response]:
    found = {one.response.public_id: one.response for one in review_of(assessment).together}
    for public_id, revision in read.items():
        if public_id not in found or found[public_id].revision != revision:
            raise CannotBeConfirmedTogether(
                "One of these answers changed after you opened the page, so none was confirmed. "
                "Read the list again."
            )
    return [found[public_id] for public_id in read]


def _entry(response: Response, before: str, after: str, actor: User) -> Entry:
    return Entry(
        verb=Verb.RESPONSE_CONFIRMED,
        obj=response.record_ref,
        actor=actor,
        before=before,
        after=after,
        facts={"requirement": response.requirement.code, "fields": ""},
        detail={"for": response.assessment.owner_name},
    )
