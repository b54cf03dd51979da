"""Keep what the national toolkit says of a publication."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.models import Publication
from evidence_review.assessments.permissions import user_can_publish
from evidence_review.evidence.models import Evidence
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class ImpossibleDay(Refused):
    """The day it was entered lies before the publication, or has not come yet."""

    status = 422


@transaction.atomic
def enter_publication(
    publication: Publication, *, entered_on: date, certificate: Evidence | None, actor: User
) -> Publication:
    """Say on which day the answers were entered in the national toolkit, and what it gave for it.

    May be corrected; nothing else of a publication may. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not publish here.
        ImpossibleDay: the day cannot be right.
    """
    publication = (
        Publication.objects.select_for_update(of=("self",))
        .select_related("assessment__edition", "assessment__site")
        .get(pk=publication.pk)
    )
    require(user_can_publish(actor, publication.assessment))
    if entered_on < timezone.localdate(publication.published_at):
        raise ImpossibleDay("The day must not be before the day the answers were published here.")
    if entered_on > timezone.localdate():
        raise ImpossibleDay("The day must be today or in the past.")
    wanted = {"entered_on": entered_on, "certificate": certificate}
    changed = [name for name, value in wanted.items() if getattr(publication, name) != value]
    if not changed:
        return publication
    for name in changed:
        setattr(publication, name, wanted[name])
    publication._history_user = actor
    publication.save(update_fields=changed)
    record(
        Verb.PUBLICATION_ENTERED,
        publication.record_ref,
        actor=actor,
        facts={
            "entered_on": entered_on.isoformat(),
            "certificate": certificate.public_id if certificate else "",
        },
        detail={"for": publication.assessment.owner_name},
    )
    return publication
