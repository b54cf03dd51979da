"""The certificate of a disposal: what it says, and the same as a PDF."""

from dataclasses import dataclass
from pathlib import Path

from evidence_review.retention.models import Disposal
from evidence_review.review.models import Decision
from portal.chrome.words import day, hash_groups, moment
from portal.paper import pdf
from portal.people.queries import organisation_name
from portal.record.queries import events_about
from portal.record.verbs import Verb

_TEMPLATE = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True)
class Certificate:
    """What stands on the page and in the PDF: rows of a name and a value, under headings."""

    disposal: Disposal
    title: str
    provider: str
    parts: list[tuple[str, list[tuple[str, str]]]]
    closing: str


def certificate_of(disposal: Disposal) -> Certificate:
    """Return the certificate. The version's evidence and the people must be loaded."""
    version = disposal.version
    evidence = version.evidence
    what = [
        ("Evidence", evidence.title),
        ("Kind", disposal.kind),
        ("Site", str(evidence.site or "The whole organisation")),
        ("Version", str(version.number)),
        ("File", f"{version.original_name}, {disposal.size:,} bytes"),
        ("SHA-256", hash_groups(disposal.sha256)),
        ("Uploaded", f"{moment(version.uploaded_at)}, by {version.uploaded_by.actor_label}"),
        ("Approved", _approval(disposal)),
    ]
    why = [
        ("Retention rule then", disposal.rule_in_words),
        ("Counted from", day(disposal.counted_from)),
        ("Kept until the end of", day(disposal.kept_until)),
        ("Reason given", disposal.reason),
    ]
    how = [
        ("Disposed of", moment(disposal.at)),
        ("By", disposal.disposed_by.actor_label),
        ("Method", disposal.method),
        ("Entry in the record", _entry(disposal)),
    ]
    return Certificate(
        disposal,
        f"Certificate of disposal: {evidence.title}, version {version.number}",
        organisation_name(),
        [("What it was", what), ("Why it went", why), ("How it went", how)],
        "The entry in the record is sealed. It shows that this certificate is as it was written. "
        "Copies that were given out before, such as inspection packs and backups, are not covered.",
    )


def _approval(disposal: Disposal) -> str:
    final = Decision.objects.filter(
        version=disposal.version, is_final=True, outcome=Decision.Outcome.APPROVE
    )
    found = final.select_related("decider").first()
    return f"{moment(found.decided_at)}, by {found.decider.actor_label}" if found else "Never"


def _entry(disposal: Disposal) -> str:
    ref = disposal.version.record_ref
    events = events_about(ref.kind, ref.ref).filter(
        object_version=ref.version, verb=Verb.VERSION_DISPOSED
    )
    seq = events.values_list("seq", flat=True).first()
    return f"Number {seq}" if seq else "None"


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the certificate as a tagged PDF (PDF/UA-1); the same one gives the same bytes."""
    facts = {
        "title": certificate.title,
        "provider": certificate.provider or "This provider",
        "parts": [{"name": name, "rows": rows} for name, rows in certificate.parts],
        "closing": certificate.closing,
    }
    return pdf(_TEMPLATE, facts, at=certificate.disposal.at)
