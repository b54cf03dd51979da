"""Write down that somebody took answers away as a file."""

from django.db import transaction

from evidence_review.assessments.models import Assessment, Publication
from evidence_review.assessments.permissions import user_can_see_assessment
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def record_export(
    assessment: Assessment, publication: Publication | None, *, kind: str, actor: User
) -> None:
    """Record that ``actor`` takes the answers away as a file; before the first byte of it.

    Without a publication it is the present answers.

    Raises:
        NotPermitted: the actor may not see them.
    """
    require(user_can_see_assessment(actor, assessment))
    record(
        Verb.PUBLICATION_EXPORTED,
        publication.record_ref if publication else assessment.record_ref,
        actor=actor,
        sha256=publication.answers_sha256 if publication else "",
        facts={"kind": kind, "published": int(publication is not None)},
        detail={"for": assessment.owner_name},
    )
