"""The one way a version's state changes."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from evidence_review.evidence.followers import followers
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState, VersionVerb, next_state
from portal.record.actors import Actor
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb


def transition(
    version: EvidenceVersion,
    verb: VersionVerb,
    *,
    actor: Actor,
    record_verb: Verb,
    facts: Mapping[str, str | int] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Move a locked version along the table and write the one event that says so.

    Call it inside the action's transaction, with a version from ``queries.lock_version``.

    Raises:
        TransitionRefused: when the version's state does not allow the verb.
    """
    before = version.state
    after = next_state(before, verb)
    if after != before:
        version.state, version.state_since = after, timezone.now()
        version.save(update_fields=("state", "state_since"))
        # A version is superseded only by the approval that follows in the same transaction.
        if {VersionState.APPROVED, VersionState.DISPOSED} & {before, after} and (
            verb != VersionVerb.SUPERSEDE
        ):
            for follower in followers():
                follower.evidence_changed(version.evidence_id)
    return record(
        record_verb,
        version.record_ref,
        actor=actor,
        before=before,
        after=after,
        sha256=version.sha256,
        facts=facts,
        detail=detail,
    )
