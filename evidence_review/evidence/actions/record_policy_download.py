"""Write down that a reader of a policy took a file it offers."""

from django.db import transaction

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.permissions import version_can_be_served
from portal.people.answers import NotPermitted, require
from portal.people.models import User
from portal.policies.queries import offers_download
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def record_policy_download(version: EvidenceVersion, *, actor: User) -> None:
    """Record that ``actor`` is being given the version's bytes; before the first of them.

    Raises:
        NotPermitted: no policy that the actor reads offers these bytes, or their checks do not
            allow to give them to anybody.
    """
    if not offers_download(actor, version.public_id, version.sha256):
        raise NotPermitted("No policy that you read offers this file.")
    require(version_can_be_served(version))
    record(
        Verb.VERSION_DOWNLOADED,
        version.record_ref,
        actor=actor,
        sha256=version.sha256,
        detail={"file": version.original_name, "through": "a policy"},
    )
