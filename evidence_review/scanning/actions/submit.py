"""Send a checked version to review, and put aside the older one that was there."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState, VersionVerb
from evidence_review.scanning.examination import Scan
from evidence_review.scanning.verdicts import scan_facts
from portal.record.actors import Actor
from portal.record.verbs import Verb

_MAKES_OLDER_ONES_POINTLESS = frozenset(
    {VersionState.IN_REVIEW, VersionState.RETURNED, VersionState.APPROVED}
)
_GIVES_WAY = frozenset({VersionState.IN_REVIEW, VersionState.RETURNED})


def submit(
    version: EvidenceVersion, others: Iterable[EvidenceVersion], scan: Scan, *, actor: Actor
) -> None:
    """Move a clean version into review. Call it inside the transaction of the check.

    ``others`` are all other versions of the same evidence, locked like ``version`` itself.

    Versions in review or returned give way to a newer one, each with its own event. Checks may end
    in another order than the uploads came: the newest wins, whenever its check ends. Rooms above
    that look inside clean files (``CLEAN_FOLLOWERS``) are told last, in the same transaction.
    """
    standing = [other for other in others if other.state in _MAKES_OLDER_ONES_POINTLESS]
    transition(
        version,
        VersionVerb.SUBMIT,
        actor=actor,
        record_verb=Verb.VERSION_SUBMITTED,
        facts=scan_facts(scan),
    )
    for other in standing:
        if other.number < version.number and other.state in _GIVES_WAY:
            _supersede(other, by=version.number, actor=actor)
    newest = max((other.number for other in standing), default=0)
    if newest > version.number:
        _supersede(version, by=newest, actor=actor)
    for path in settings.CLEAN_FOLLOWERS:
        import_string(path)(version)


def _supersede(version: EvidenceVersion, *, by: int, actor: Actor) -> None:
    transition(
        version,
        VersionVerb.SUPERSEDE,
        actor=actor,
        record_verb=Verb.VERSION_SUPERSEDED,
        facts={"by_version": by},
    )
