"""Why a pack cannot be made, in sentences that say what to do."""

from collections.abc import Sequence

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.storage import byte_store
from evidence_review.inspection.past import EvidenceThen
from evidence_review.packs.models import Pack
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.queries import latest_verdicts
from portal.chrome.words import moment

_AT_ONCE = 500


class PackProblem(Exception):
    """A pack cannot be made. ``is_alarm`` when stored bytes are not as they were approved."""

    def __init__(self, sentence: str, *, is_alarm: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.is_alarm = sentence, is_alarm


def changed_since(pack: Pack) -> PackProblem:
    """Return the problem of a pack that does not come out as it was settled."""
    return PackProblem(
        f"This pack cannot be made as it was settled on {moment(pack.as_at_time)}. Since then "
        "personal details were erased, a file was disposed of, or the portal was given a new "
        "release. Make a new pack."
    )


def require_clean(evidence: Sequence[EvidenceThen]) -> None:
    """Raise ``PackProblem`` unless the newest word on the bytes of every evidence is CLEAN."""
    for start in range(0, len(evidence), _AT_ONCE):
        some = evidence[start : start + _AT_ONCE]
        verdicts = latest_verdicts(one.sha256 for one in some)
        for one in some:
            verdict = verdicts.get(one.sha256)
            if verdict is None or verdict.verdict != Verdict.Value.CLEAN:
                raise _not_clean(one, verdict)


def what_is_wrong_with(one: EvidenceThen) -> PackProblem:
    """Return the problem of a file that is missing or has other bytes than were approved."""
    version = EvidenceVersion.objects.filter(public_id=one.version_public_id).first()
    if version and version.state == "disposed":
        return PackProblem(
            f"The file of {_name(one)} was disposed of since. Make a new pack: it leaves out what "
            "is no longer kept."
        )
    if byte_store().in_quarantine(one.sha256):
        return PackProblem(
            f"A virus was found in the file of {_name(one)} since. Make a new pack: it leaves "
            "this file out."
        )
    return PackProblem(
        f"The stored file of {_name(one)} is not the one that was approved, or is missing. "
        "Nothing is left out silently, so there is no pack. Tell your administrator at once.",
        is_alarm=True,
    )


def _not_clean(one: EvidenceThen, verdict: Verdict | None) -> PackProblem:
    if verdict and verdict.verdict == Verdict.Value.INFECTED:
        return PackProblem(
            f"A virus was found in the file of {_name(one)}. Wait until it is recalled, then make "
            "a new pack: it leaves this file out."
        )
    return PackProblem(
        f"The newest virus check of {_name(one)} did not say that its file is clean. Have the file "
        "checked again or withdraw it, then make a new pack."
    )


def _name(one: EvidenceThen) -> str:
    return f"“{one.title}”, version {one.number},"
