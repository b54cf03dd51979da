"""Why a version stopped or came back, and what its uploader can do about it, in whole sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from evidence_review.evidence.models import EvidenceVersion, GateReport
from evidence_review.evidence.states import VersionState
from portal.chrome.words import day
from portal.record.models import Event
from portal.record.queries import events_about_any
from portal.record.verbs import Verb


@dataclass(frozen=True)
class Problem:
    """What is wrong, what to do about it, and who said so, if it was a person."""

    sentence: str
    advice: str = ""
    said_by: str = ""


_FIXED = {
    VersionState.INFECTED: Problem(
        "The selected file contains a virus",
        "Nobody can open it here. Do not open it on your own computer, and tell whoever looks "
        "after your computers. Then upload a clean copy.",
    ),
    VersionState.UNSCANNABLE: Problem(
        "The selected file could not be opened to check it",
        "It may be damaged. Open it on your computer, save it again and upload the new copy.",
    ),
    VersionState.CHECK_FAILED: Problem(
        "The selected file could not be checked. Try again",
        "The file is safe with us, but no one can open it until it has been checked.",
    ),
}
_SAID_BY_PEOPLE = {
    VersionState.RETURNED: Verb.VERSION_RETURNED,
    VersionState.REFUSED: Verb.VERSION_REFUSED,
    VersionState.RECALLED: Verb.VERSION_RECALLED,
    VersionState.WITHDRAWN: Verb.VERSION_WITHDRAWN,
}
_WRITTEN_AS = _SAID_BY_PEOPLE | {VersionState.DISPOSED: Verb.VERSION_DISPOSED}
_NEXT_STEP = {
    VersionState.RETURNED: "Put it right, then upload a new version.",
    VersionState.REFUSED: "Ask the person who refused it if you do not know why.",
    VersionState.RECALLED: "Upload a clean version to replace it.",
}


def problems_of(versions: Iterable[EvidenceVersion]) -> dict[int, Problem]:
    """Return the problem of each version that has one, by primary key, in at most two queries."""
    by_id = {version.pk: version for version in versions}
    found = {
        pk: _FIXED[state]
        for pk, version in by_id.items()
        if (state := VersionState(version.state)) in _FIXED
    }
    found |= _from_gate(by_id)
    return found | _from_people(by_id)


def _from_gate(by_id: dict[int, EvidenceVersion]) -> dict[int, Problem]:
    asked = [
        pk
        for pk, version in by_id.items()
        if version.state in (VersionState.REFUSED_BY_GATE, VersionState.UNSCANNABLE)
    ]
    if not asked:
        return {}
    found = {}
    reports = GateReport.objects.filter(version__in=asked).exclude(outcome="accepted")
    for report in reports.order_by("pk"):
        if report.reasons:
            first = report.reasons[0]
            found[report.version_id] = Problem(
                first["sentence"], _as_sentences(first.get("advice", ""))
            )
    return found


def _as_sentences(advice: str) -> str:
    """Return the gate's advice, which has no full stop at its end, as it stands in a text."""
    return f"{advice}." if advice and not advice.endswith(".") else advice


def _from_people(by_id: dict[int, EvidenceVersion]) -> dict[int, Problem]:
    asked = {pk: version for pk, version in by_id.items() if version.state in _WRITTEN_AS}
    if not asked:
        return {}
    by_object = {version.record_ref: pk for pk, version in asked.items()}
    events = events_about_any(by_object).filter(verb__in=_WRITTEN_AS.values())
    found: dict[int, Problem] = {}
    for event in events:
        pk = by_object.get(event.object)
        if pk is not None and pk not in found and _fits(event, asked[pk]):
            found[pk] = _told_by(event, VersionState(asked[pk].state))
    return found


def _told_by(event: Event, state: VersionState) -> Problem:
    if state == VersionState.DISPOSED:
        return Problem(
            f"This file was disposed of on {day(event.at)} under the retention rule for "
            f"“{event.facts.get('kind', 'this kind of evidence')}”",
            "What it was, and why it was removed, stands in its certificate.",
        )
    reason = str(event.detail_data.get("reason", ""))
    return Problem(reason, _NEXT_STEP.get(state, ""), event.actor_label)


def _fits(event: Event, version: EvidenceVersion) -> bool:
    return event.verb == _WRITTEN_AS[VersionState(version.state)]
