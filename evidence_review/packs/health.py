"""Packs on the health page: only when one found that stored files are not as approved."""

from evidence_review.packs.models import Pack
from portal.health.findings import Finding, State

_NAME = "Files in inspection packs"


def packs() -> Finding:
    """Whether the newest attempts to pack found every file as it was approved."""
    alarm = Pack.objects.filter(is_alarm=True).first()
    if alarm is None:
        return Finding(_NAME, State.OK, "Every file was as it was approved")
    advice = (
        "Run manage.py check_invariants: it names every file that is missing or has other bytes. "
        "Put those back from a backup, then try the pack again."
    )
    return Finding(_NAME, State.DEGRADED, alarm.problem, advice)
