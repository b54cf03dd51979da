"""Write down that somebody took a file to look at it."""

from django.db import transaction

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.permissions import user_can_open_in_review
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def open_for_review(version: EvidenceVersion, *, actor: User) -> None:
    """Record that ``actor`` is being given the version's bytes; before the first of them.

    Raises:
        NotPermitted: the version may not be opened, or not by this person.
    """
    require(user_can_open_in_review(actor, version))
    record(
        Verb.VERSION_DOWNLOADED,
        version.record_ref,
        actor=actor,
        sha256=version.sha256,
        facts={"purpose": "review"},
        detail={"file": version.original_name},
    )
