"""The demo's evidence: one in every state that people meet, by the same actions as theirs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

import yaml
from django.utils import timezone

from evidence_review.evidence.actions.upload import Upload, add_evidence, add_version
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.gate.kinds import KINDS
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.models import EvidenceType, EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import byte_store
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.return_version import return_version
from evidence_review.scanning.actions.check_version import check_version
from home.demo import files
from home.demo.people import Cast
from portal.frameworks.queries import requirements_by_codes


@dataclass(frozen=True, kw_only=True)
class DemoEvidence:
    """One evidence of the demo. ``fate`` is what happens to it after its virus check."""

    title: str
    type: str
    name: str
    text: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    codes: Sequence[str]
    claim: str = ""
    whole_organisation: bool = False
    by: str = "contributor"
    fate: str = "in_review"
    review_in: int = 200
    password: str = ""

    @property
    def content(self) -> bytes:
        """The bytes of its file."""
        if self.rows:
            return files.table(self.rows)
        return files.pdf(self.title, self.text, password=self.password)


def _plans() -> list[DemoEvidence]:
    plans = yaml.safe_load((Path(__file__).parent / "evidence.yaml").read_text())
    return [DemoEvidence(**plan) for plan in plans]


def make_evidence(cast: Cast) -> list[EvidenceVersion]:
    """Upload every piece, let the worker's own action check it, and decide on it."""
    return [_make(plan, cast) for plan in _plans()]


def _make(plan: DemoEvidence, cast: Cast) -> EvidenceVersion:
    uploader, today = cast[plan.by], timezone.localdate()
    details = EvidenceDetails(
        title=plan.title,
        type=EvidenceType.objects.get(code=plan.type),
        site=None if plan.whole_organisation else cast.sites[0],
        claim=plan.claim,
        period_start=date(today.year, 1, 1),
        period_end=today,
        review_date=today + timedelta(days=plan.review_in),
    )
    upload = Upload(file=keep(plan.name, plan.content), key=f"demo-{plan.name}")
    version = add_evidence(upload, details, requirements_by_codes(plan.codes), actor=uploader)
    check_version(version.public_id)
    version.refresh_from_db()
    if version.state == VersionState.IN_REVIEW:
        _decide(version, plan, cast)
    return version


def _decide(version: EvidenceVersion, plan: DemoEvidence, cast: Cast) -> None:
    decider = cast["ig_lead"]
    if plan.fate == "approved":
        approve(version.public_id, actor=decider, sha256_seen=version.sha256)
    elif plan.fate == "returned":
        return_version(
            version.public_id,
            actor=decider,
            sha256_seen=version.sha256,
            reason="Page 2 shows a person’s name on the whiteboard. "
            "Please cover the name, take the photo again and upload it.",
        )


def improve_policy(cast: Cast, version: EvidenceVersion) -> EvidenceVersion:
    """Upload a second version of an approved evidence, for the reviewer to compare."""
    content = files.pdf("Data protection policy, version 2", [
        "Everybody who works here keeps what they know about people private.",
        "Tell your manager about a mistake straight away, on the same shift.",
        "Never send a photo of a care note by a messaging app. Never.",
    ])  # fmt: skip
    upload = Upload(
        file=keep("data-protection-policy-v2.pdf", content),
        key="demo-second-version",
        change_note="Says twice that photos are not sent by messaging apps.",
    )
    newer = add_version(upload, version.evidence, actor=cast["ig_lead2"])
    check_version(newer.public_id)
    return newer


def keep(name: str, content: bytes) -> KeptFile:
    """Keep bytes as an upload of that name would."""
    sha256, store = hashlib.sha256(content).hexdigest(), byte_store()
    extension = Path(name).suffix[1:]
    with NamedTemporaryFile(dir=store.incoming(), prefix="demo-") as room:
        room.write(content)
        room.flush()
        store.keep(Path(room.name), sha256)
    return KeptFile(
        sha256=sha256,
        size=len(content),
        media_type=KINDS[extension].media_type,
        extension=extension,
        original_name=name,
    )
