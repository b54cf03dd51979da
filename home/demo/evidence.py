"""The demo's evidence: one in every state that people meet, by the same actions as theirs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

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
    content: bytes
    codes: Sequence[str]
    claim: str = ""
    site: int | None = 0
    by: str = "contributor"
    fate: str = "in_review"
    review_in: int = 200


def _plans() -> list[DemoEvidence]:
    return [
        DemoEvidence(
            title="Data protection policy", type="policy", name="data-protection-policy.pdf",
            content=files.pdf("Data protection policy", [
                "Everybody who works here keeps what they know about people private.",
                "Tell your manager about a mistake straight away, on the same shift.",
                "Never send a photo of a care note by a messaging app.",
            ]),
            codes=("dspt-v8:1.3.1", "dspt-v8:1.1.5", "cqc-statements:WL5"),
            claim="Staff know how to keep private information safe, and we check that they do.",
            site=None, by="ig_lead2", fate="approved",
        ),
        DemoEvidence(
            title="Spot check, ground floor, August", type="check", name="spot-check-august.pdf",
            content=files.pdf("Spot check, ground floor, August", [
                "Checked: locked screens, locked cupboards, no names on the whiteboard.",
                "Found: one tablet without a screen lock. Put right on the same day.",
            ]),
            codes=("dspt-v8:1.3.2", "cqc-statements:WL5"),
            claim="After the August check a screen lock of 1 minute was set on all 6 tablets.",
            fate="approved", review_in=40,
        ),
        DemoEvidence(
            title="Continuity test, September", type="check", name="continuity-test.pdf",
            content=files.pdf("Continuity test, September", [
                "We worked for two hours as if our computers had stopped.",
                "A paper copy of each care plan is now kept in the locked office.",
            ]),
            codes=("dspt-v8:7.2.1", "cqc-statements:WL5"),
            claim="We test how we would keep caring for people if our computers stopped.",
            site=None, by="ig_lead2", fate="approved",
        ),
        DemoEvidence(
            title="Near misses of the last 12 months", type="register", name="near-misses.csv",
            content=files.table([
                ("Date", "What happened", "What we changed"),
                ("2026-08-03", "Letter to the wrong address", "A second person reads addresses"),
                ("2026-09-14", "Screen left open", "Screens lock after 1 minute"),
            ]),
            codes=("dspt-v8:6.1.1", "cqc-statements:WL7"),
            claim="When something goes wrong we say so, find out why and put it right.",
            by="registered_manager", fate="approved", review_in=20,
        ),
        DemoEvidence(
            title="Team meeting, October", type="minutes", name="team-meeting-october.pdf",
            content=files.pdf("Team meeting, October", [
                "Six people were there. We talked about what to do when a letter goes astray.",
            ]),
            codes=("cqc-statements:WL7", "cqc-statements:WL1"), claim="We learn together.",
        ),
        DemoEvidence(
            title="Training records 2026", type="training", name="training-2026.csv",
            content=files.table([
                ("Person", "Course", "Date"), ("Person A (demo)", "Data security", "2026-03-14"),
            ]),
            codes=("dspt-v8:3.2.1",), by="registered_manager",
        ),
        DemoEvidence(
            title="Spot check, ground floor, October", type="check", name="spot-check-october.pdf",
            content=files.pdf("Spot check, ground floor, October", [
                "Checked: locked screens. A whiteboard with a name is in the photo on page 2.",
            ]),
            codes=("dspt-v8:1.3.2",), fate="returned",
        ),
        DemoEvidence(
            title="List of staff", type="register", name="staff-list.pdf",
            content=files.pdf("List of staff", ["Locked with a password."], password="secret"),
            codes=("dspt-v8:4.1.1",), fate="stopped",
        ),
    ]  # fmt: skip


def make_evidence(cast: Cast) -> list[EvidenceVersion]:
    """Upload every piece, let the worker's own action check it, and decide on it."""
    return [_make(plan, cast) for plan in _plans()]


def _make(plan: DemoEvidence, cast: Cast) -> EvidenceVersion:
    uploader, today = cast[plan.by], timezone.localdate()
    details = EvidenceDetails(
        title=plan.title,
        type=EvidenceType.objects.get(code=plan.type),
        site=None if plan.site is None else cast.sites[plan.site],
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
