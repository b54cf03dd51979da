"""Write down that somebody took a file."""

from django.db import transaction

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.permissions import user_can_open_version
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def record_download(version: EvidenceVersion, *, actor: User) -> None:
    """Record that ``actor`` is being given the version's bytes; before the first of them.

    Raises:
        NotPermitted: the version may not be opened, or not by this person.
    """
    require(user_can_open_version(actor, version))
    record(
        Verb.VERSION_DOWNLOADED,
        version.record_ref,
        actor=actor,
        sha256=version.sha256,
        detail={"file": version.original_name},
    )
