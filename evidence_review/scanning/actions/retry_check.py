"""A person asks for a failed virus check to be made again."""

from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.states import VersionVerb
from evidence_review.scanning.actions.check_version import CHECK_TASK
from evidence_review.scanning.models import VersionCheck
from evidence_review.scanning.permissions import user_can_retry_check
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.verbs import Verb


def retry_check(public_id: str, *, actor: User) -> EvidenceVersion:
    """Let a version whose check failed wait again, with all its attempts before it.

    Raises:
        NotPermitted: the actor may not upload for this site.
        TransitionRefused: the version does not stand at a failed check (any more).
    """
    with transaction.atomic():
        version = lock_version(public_id)
        require(user_can_retry_check(actor, version))
        transition(
            version,
            VersionVerb.RETRY_CHECK,
            actor=actor,
            record_verb=Verb.VERSION_CHECK_RETRIED,
        )
        VersionCheck.objects.filter(version=version).update(
            attempts=0, claim="", holder="", claimed_until=None, next_attempt_at=timezone.now()
        )
        enqueue(CHECK_TASK, version.public_id)
        return version
