"""The page of an evidence as it was: the same page as today's, with nothing to do on it."""

from typing import Any

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.past import approvals_then, codes_then, evidence_then, states_then
from evidence_review.evidence.queries import evidence_history
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.views.files import FileRow
from portal.chrome.past import Past
from portal.frameworks.models import Requirement
from portal.people.past import people_then

NOT_YET = "This evidence had not been added by then. Choose a later time."
NOTE = (
    "Rebuilt from the record and the history of the details. Requirements and kinds of evidence "
    "are called what they are called today."
)


def detail_then(evidence: Evidence, past: Past) -> dict[str, Any] | None:
    """Return what the page said of an evidence that the person may see today.

    ``None``: it had not been added yet. A fixed number of queries, however long its history.
    """
    ref = evidence.public_id
    then = evidence_then(past.moment, only=evidence).get(ref)
    if then is None:
        return None
    versions = _versions(then, past)
    people = people_then(
        past.moment, {one.uploaded_by_id for one in versions} | {then.created_by_id}
    )
    then.created_by = people[then.created_by_id]
    for version in versions:
        version.uploaded_by = people[version.uploaded_by_id]
    return {
        "evidence": then,
        "rows": [FileRow(version, [], None) for version in versions],
        "requirements": _requirements(codes_then(past.moment, ref).get(ref, ())),
        "history": evidence_history(evidence).filter(seq__lte=past.moment.size),
        "then": past.when,
        "approvals": {
            number: approval for (_, number), approval in approvals_then(past.moment, ref).items()
        },
        "past_notes": [NOTE],
    }


def _versions(then: Evidence, past: Past) -> list[EvidenceVersion]:
    """Return the versions there were, the newest first, each in its state of then."""
    states = states_then(past.moment, then.public_id)
    found = EvidenceVersion.objects.filter(evidence=then.pk, number__in=states).order_by("-number")
    versions = list(found)
    for version in versions:
        version.evidence = then
        stood = states[version.number]
        version.state, version.state_since = VersionState(stood.state), stood.since
    return versions


def _requirements(codes: tuple[str, ...]) -> list[Requirement]:
    """Return what the codes name, retired or not, in the order of the catalogue."""
    refs = {code.partition(":")[2] for code in codes}
    rows = Requirement.objects.filter(ref__in=refs).select_related("edition")
    ordered = rows.order_by("edition__position", "position")
    return [row for row in ordered if row.code in codes]
