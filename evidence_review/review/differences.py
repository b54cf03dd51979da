"""Two versions of one evidence side by side, and what was said of it in between."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_review.evidence.models import EvidenceVersion, GateReport
from evidence_review.evidence.queries import evidence_history
from evidence_review.evidence.timeline import Line, timeline
from portal.chrome.words import file_size, hash_groups, in_words, moment
from portal.record.verbs import Verb

_DETAILS = (Verb.EVIDENCE_CHANGED, Verb.EVIDENCE_LINKED, Verb.EVIDENCE_UNLINKED)


@dataclass(frozen=True)
class Fact:
    """One fact of two versions. ``differs`` is what matters; the rest is the same in both."""

    name: str
    before: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the two versions differ in this."""
        return self.before != self.now


def facts_of(version: EvidenceVersion, report: GateReport | None) -> dict[str, str]:
    """Return what there is to say of one version's file, name by name."""
    pages = report.facts.get("pages") if report else None
    return {
        "File": version.original_name,
        "Type": version.extension.upper(),
        "Size": file_size(version.size),
        "Pages": in_words(int(pages), "page,pages") if pages else "",
        "Uploaded by": version.uploaded_by.actor_label,
        "Uploaded": moment(version.uploaded_at),
        "What changed": version.change_note,
        "Photo": version.preparation,
        "SHA-256": hash_groups(version.sha256),
    }


def side_by_side(older: EvidenceVersion, newer: EvidenceVersion) -> list[Fact]:
    """Return the facts of two versions beside each other, without those that neither has."""
    reports = gate_reports((older, newer))
    before = facts_of(older, reports.get(older.pk))
    now = facts_of(newer, reports.get(newer.pk))
    return [Fact(name, before[name], now[name]) for name in now if before[name] or now[name]]


def gate_reports(versions: Sequence[EvidenceVersion]) -> dict[int, GateReport]:
    """Return the newest gate report of each version that has one, in one query."""
    rows = GateReport.objects.filter(version__in=versions).order_by("pk")
    return {report.version_id: report for report in rows}


def details_changed_since(approved: EvidenceVersion) -> list[Line]:
    """Return what was changed of title, dates and links since a version was approved."""
    events = evidence_history(approved.evidence).filter(
        verb__in=_DETAILS, at__gt=approved.state_since
    )
    return timeline(events[:20])
