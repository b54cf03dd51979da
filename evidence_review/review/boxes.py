"""What the decision box says: decide, or why not, or what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import evidence_history
from evidence_review.evidence.states import STOPPED_BY_CHECKS, VersionState
from evidence_review.review.models import Decision
from evidence_review.review.permissions import mandate
from evidence_review.review.steps import Standing, all_routes, approvals_among, standing
from evidence_review.scanning.permissions import scanner_lets_approve
from evidence_review.scanning.queries import waiting_versions
from portal.chrome.words import in_words, moment
from portal.people.answers import Denied
from portal.people.models import User
from portal.record.verbs import Verb

_WRITTEN_AS = (Verb.VERSION_APPROVED, Verb.VERSION_RETURNED, Verb.VERSION_REFUSED)
_WORDS = {
    Decision.Outcome.APPROVE: ("done", "tick", "is approved"),
    Decision.Outcome.RETURN: ("stop", "returned", "was returned"),
    Decision.Outcome.REFUSE: ("stop", "stop", "was refused"),
}


@dataclass(frozen=True)
class Box:
    """The box of one version as one person sees it.

    ``can_decide``: show the form, of which ``no_approval`` closes the approval alone, and says why.
    Otherwise ``kind``, ``icon`` and ``title`` are drawn like a state, above the ``lines``.
    ``entry`` is the number of the event that wrote the decision down.
    """

    can_decide: bool = False
    no_approval: str = ""
    kind: str = "todo"
    icon: str = "info"
    title: str = ""
    lines: Sequence[str] = field(default_factory=list)
    reason: str = ""
    entry: int | None = None


def box_for(person: User, version: EvidenceVersion, decisions: Sequence[Decision]) -> Box:
    """Return the box. ``decisions`` are all of the version's, their people loaded."""
    if version.state == VersionState.IN_REVIEW:
        return _in_review(person, version, decisions)
    if version.state == VersionState.WAITING:
        return _waiting(version)
    final = next((decision for decision in decisions if decision.is_final), None)
    if version.state in STOPPED_BY_CHECKS:
        return Box(
            kind="stop",
            icon="stop",
            title=version.look.label,
            lines=["It did not come through the checks, so there is nothing to decide."],
        )
    if final and version.state in (
        VersionState.APPROVED,
        VersionState.RETURNED,
        VersionState.REFUSED,
    ):
        return _decided(person, version, final)
    lines = ["There is nothing to decide any more."]
    return Box(
        kind=version.look.kind, icon=version.look.icon, title=version.look.label, lines=lines
    )


def _in_review(person: User, version: EvidenceVersion, decisions: Sequence[Decision]) -> Box:
    found = mandate(person, version)
    if isinstance(found, Denied):
        title = "You cannot decide on this file"
        return Box(kind="stop", icon="stop", title=title, lines=[found.reason])
    if found.on_behalf_of:
        why = f"You decide in place of {found.on_behalf_of.actor_label}."
    else:
        why = "You did not upload or edit this file, so you may decide."
    steps = all_routes().steps_for(version.evidence.type_id)
    stands = standing(steps, approvals_among(decisions))
    scanner = scanner_lets_approve()
    return Box(
        can_decide=True,
        no_approval=scanner.reason if isinstance(scanner, Denied) else "",
        lines=[why, *_where_it_stands(stands, decisions)],
    )


def _where_it_stands(stands: Standing, decisions: Sequence[Decision]) -> list[str]:
    """Say which step this is and who approved so far; nothing where one approval is all."""
    lines = []
    if len(stands.steps) > 1:
        number = stands.steps.index(stands.step) + 1
        lines.append(f"Step {number} of {len(stands.steps)}: {stands.step.name}.")
    if stands.step.quorum > 1:
        lines.append(
            f"{stands.approvals} of {in_words(stands.step.quorum, 'approval,approvals')} so far."
        )
    so_far = [decision.decider.actor_label for decision in decisions]
    if so_far:
        lines.append(f"Approved so far by {' and '.join(so_far)}.")
    if not stands.next_approval_is_final:
        lines.append("Your approval is not the last one: after you somebody else looks at it.")
    return lines


def _waiting(version: EvidenceVersion) -> Box:
    ahead = waiting_versions().filter(state_since__lt=version.state_since).count()
    lines = ["No one can open or approve the file until it is clean."]
    if ahead:
        lines.append(f"{in_words(ahead, 'file is,files are')} ahead.")
    return Box(kind="wait", icon="clock", title="Waiting for the virus check", lines=lines)


def _decided(person: User, version: EvidenceVersion, final: Decision) -> Box:
    kind, icon, words = _WORDS[Decision.Outcome(final.outcome)]
    who = "you" if final.decider_id == person.pk else final.decider.actor_label
    instead = f", in place of {final.on_behalf_of.actor_label}" if final.on_behalf_of else ""
    return Box(
        kind=kind,
        icon=icon,
        title=f"Version {version.number} {words}",
        lines=[f"By {who}{instead}, {moment(final.decided_at)}."],
        reason=final.reason,
        entry=_entry(version),
    )


def _entry(version: EvidenceVersion) -> int | None:
    """Return the number of the event that wrote down the decision on a version."""
    events = evidence_history(version.evidence).filter(
        object_version=version.number, verb__in=_WRITTEN_AS
    )
    return events.values_list("seq", flat=True).first()
