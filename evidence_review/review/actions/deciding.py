"""What approving, returning and refusing share: the questions before, and the writing down."""

from dataclasses import dataclass

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.states import VersionVerb, next_state
from evidence_review.review.conflicts import AlreadyDecided, SeenSomethingElse
from evidence_review.review.models import Decision
from evidence_review.review.permissions import Mandate, mandate
from evidence_review.review.steps import Standing, all_routes, approvals_among, standing
from portal.people.answers import Denied, NotPermitted
from portal.people.models import User
from portal.record.verbs import Verb


@dataclass(frozen=True)
class Sitting:
    """One person about to decide on one locked version, by the right they have."""

    version: EvidenceVersion
    actor: User
    standing: Standing
    mandate: Mandate


def open_sitting(public_id: str, *, actor: User, sha256_seen: str, verb: VersionVerb) -> Sitting:
    """Lock the version and ask everything that must be asked whatever the decision is.

    Call it inside the action's transaction.

    Raises:
        EvidenceVersion.DoesNotExist: there is no such version.
        AlreadyDecided: the actor has decided on this version before.
        NotPermitted: by role, place or four eyes the actor may not decide.
        TransitionRefused: the version is not in review.
        SeenSomethingElse: ``sha256_seen`` is not of this version's bytes.
    """
    version = lock_version(public_id)
    decisions = list(version.decisions.all())
    if any(decision.decider_id == actor.pk for decision in decisions):
        raise AlreadyDecided(version.number)
    found = mandate(actor, version)
    if isinstance(found, Denied):
        raise NotPermitted(found.reason)
    next_state(version.state, verb)
    if sha256_seen.strip().lower() != version.sha256:
        raise SeenSomethingElse
    steps = all_routes().steps_for(version.evidence.type_id)
    return Sitting(version, actor, standing(steps, approvals_among(decisions)), found)


def conclude(
    sitting: Sitting,
    outcome: Decision.Outcome,
    *,
    verb: VersionVerb,
    record_verb: Verb,
    reason: str,
    is_final: bool = True,
) -> Decision:
    """Write the decision, move the version, and record both in one event."""
    version, step = sitting.version, sitting.standing.step
    decision = Decision.objects.create(
        version=version,
        step_position=step.position,
        role=step.role,
        outcome=outcome,
        decider=sitting.actor,
        on_behalf_of=sitting.mandate.on_behalf_of,
        reason=reason,
        sha256=version.sha256,
        is_final=is_final,
    )
    transition(
        version,
        verb,
        actor=sitting.actor,
        record_verb=record_verb,
        facts=_facts(sitting),
        detail=_detail(sitting, reason),
    )
    return decision


def _facts(sitting: Sitting) -> dict[str, str | int]:
    """Return what the record seals: by which right, without a name."""
    step, absent = sitting.standing.step, sitting.mandate.on_behalf_of
    return {
        "step": step.position,
        "steps": len(sitting.standing.steps),
        "role": step.role.value,
        "on_behalf_of": absent.actor_ref if absent else "",
    }


def _detail(sitting: Sitting, reason: str) -> dict[str, str]:
    """Return what may be erased later."""
    absent = sitting.mandate.on_behalf_of
    return {
        "title": sitting.version.evidence.title,
        "step": sitting.standing.step.name,
        "on_behalf_of": absent.actor_label if absent else "",
        "reason": reason,
    }
