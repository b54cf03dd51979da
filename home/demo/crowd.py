"""Many sites and much evidence, for trying how the portal feels when it is full.

Rows are written in bulk, but they are true rows: every version has bytes, a gate report, a clean
verdict and its events; every approved one has a decision by somebody who did not upload it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, islice

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.actions.upload import Upload, add_evidence
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.gate import GATE_VERSION
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.models import (
    Evidence,
    EvidenceLink,
    EvidenceType,
    EvidenceVersion,
    GateReport,
)
from evidence_review.evidence.states import VersionState
from evidence_review.review.models import Decision
from evidence_review.scanning.actions.check_version import check_version
from evidence_review.scanning.queries import is_clean
from home.demo import files
from home.demo.evidence import keep
from portal.frameworks.models import Requirement
from portal.people.actions.membership import grant_membership
from portal.people.actions.person import PersonDetails, add_person
from portal.people.actions.place import add_site
from portal.people.models import Organisation, Site, User
from portal.people.queries import people_with_role
from portal.people.roles import Role
from portal.record.actors import SCANNER, SETUP
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb

BATCH = 500
_DIFFERENT_FILES = 50
_APPROVED_SHARE = 4
"""Of so many, one waits for review and the others are approved."""


@dataclass
class Batch:
    """Rows that are written together."""

    evidence: list[Evidence] = field(default_factory=list)
    versions: list[EvidenceVersion] = field(default_factory=list)


def make_crowd(*, sites: int, evidence: int, kept: Sequence[KeptFile] = ()) -> str:
    """Add ``sites`` sites and ``evidence`` pieces of evidence; return what was added, in words.

    The evidence shares the files in ``kept``, which are stored and clean, or else a few small ones.
    """
    organisation = Organisation.objects.get()
    _add_sites(organisation, sites)
    _add_evidence(evidence, kept)
    return f"Added {sites} sites and {evidence} pieces of evidence."


@transaction.atomic
def _add_sites(organisation: Organisation, wanted: int) -> None:
    taken = Site.objects.count()
    for number in range(taken + 1, taken + wanted + 1):
        add_site(organisation, {"name": f"Site {number:04} (demo)"}, actor=SETUP)


def _add_evidence(wanted: int, kept: Sequence[KeptFile]) -> None:
    uploader, decider = _uploader(), people_with_role([Role.IG_LEAD])[0]
    places = cycle(Site.objects.order_by("pk"))
    kinds = cycle(EvidenceType.objects.all())
    contents = cycle(kept or _contents(uploader))
    requirements = list(Requirement.objects.select_related("edition"))
    done = Evidence.objects.count()
    for start in range(0, wanted, BATCH):
        numbers = range(done + start, done + min(start + BATCH, wanted))
        batch = Batch()
        for number in numbers:
            _plan(batch, number, next(places), next(kinds), uploader, next(contents))
        _write(batch, requirements, uploader, decider)


@transaction.atomic
def _uploader() -> User:
    found = User.objects.filter(email="crowd@demo.example").first()
    if found:
        return found
    details = PersonDetails(
        "Crowd", "Uploader (demo)", "crowd@demo.example", "Makes up the numbers"
    )
    person = add_person(details, actor=SETUP)
    grant_membership(person, Role.CONTRIBUTOR, site=None, actor=SETUP)
    return person


def _contents(uploader: User) -> list[KeptFile]:
    """Upload and really scan some different files; the rest share their bytes and verdicts.

    Raises:
        CommandError: the scanner did not find them clean, or does not answer.
    """
    kept = []
    for number in range(_DIFFERENT_FILES):
        file = keep(f"demo-{number}.pdf", files.pdf(f"Demo file {number}", ["One of many."]))
        if not is_clean(file.sha256):
            _scan(file, uploader)
        kept.append(file)
    return kept


def _scan(file: KeptFile, uploader: User) -> None:
    details = EvidenceDetails(
        title=f"Demo file {file.original_name}",
        type=EvidenceType.objects.get(code="document"),
        site=None,
    )
    upload = Upload(file=file, key=f"crowd-{file.original_name}")
    version = add_evidence(upload, details, [], actor=uploader)
    if check_version(version.public_id) != VersionState.IN_REVIEW:
        raise CommandError("The virus scanner does not answer. Start it, then seed again.")


def _plan(
    batch: Batch, number: int, site: Site, kind: EvidenceType, uploader: User, file: KeptFile
) -> None:
    today, uploaded_at = timezone.localdate(), timezone.now() - timedelta(minutes=number)
    evidence = Evidence(
        title=f"Demo evidence {number:06}",
        type=kind,
        site=site,
        owner=uploader,
        claim="We keep this to show that we do what we say.",
        period_end=today,
        review_date=today + timedelta(days=30 + number % 400),
        created_by=uploader,
    )
    batch.evidence.append(evidence)
    batch.versions.append(
        EvidenceVersion(
            evidence=evidence,
            number=1,
            **vars(file),
            uploaded_by=uploader,
            uploaded_at=uploaded_at,
            state=VersionState.IN_REVIEW,
            state_since=uploaded_at,
        )
    )


@transaction.atomic
def _write(
    batch: Batch, requirements: Sequence[Requirement], uploader: User, decider: User
) -> None:
    Evidence.objects.bulk_create(batch.evidence)
    EvidenceVersion.objects.bulk_create(batch.versions)
    asked = cycle(requirements)
    tied = {evidence.pk: list(islice(asked, 2)) for evidence in batch.evidence}
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence=evidence, requirement=requirement, added_by=uploader)
        for evidence in batch.evidence
        for requirement in tied[evidence.pk]
    )
    GateReport.objects.bulk_create(
        GateReport(version=version, outcome=GateReport.Outcome.ACCEPTED, gate_version=GATE_VERSION)
        for version in batch.versions
    )
    approved = [v for n, v in enumerate(batch.versions) if n % _APPROVED_SHARE]
    Decision.objects.bulk_create(
        Decision(
            version=version,
            role=Role.IG_LEAD,
            outcome=Decision.Outcome.APPROVE,
            decider=decider,
            sha256=version.sha256,
            is_final=True,
        )
        for version in approved
    )
    for version in approved:
        version.state, version.state_since = VersionState.APPROVED, timezone.now()
    EvidenceVersion.objects.bulk_update(approved, ["state", "state_since"])
    said = {pk: ",".join(one.code for one in found) for pk, found in tied.items()}
    record_all(_entries(batch, {version.pk for version in approved}, uploader, decider, said))


def _entries(
    batch: Batch, approved: set[int], uploader: User, decider: User, tied: Mapping[int, str]
) -> list[Entry]:
    entries = []
    for version in batch.versions:
        sha256, ref, evidence = version.sha256, version.record_ref, version.evidence
        waiting, in_review = VersionState.WAITING, VersionState.IN_REVIEW
        entries += [
            Entry(
                verb=Verb.EVIDENCE_CREATED, obj=evidence.record_ref, actor=uploader,
                facts={"requirements": tied[evidence.pk]}, detail={"title": evidence.title},
            ),
            Entry(
                verb=Verb.VERSION_UPLOADED, obj=ref, actor=uploader,
                after=waiting, sha256=sha256,
            ),
            Entry(
                verb=Verb.VERSION_SUBMITTED, obj=ref, actor=SCANNER,
                before=waiting, after=in_review, sha256=sha256,
            ),
        ]  # fmt: skip
        if version.pk in approved:
            entries.append(
                Entry(
                    verb=Verb.VERSION_APPROVED, obj=ref, actor=decider,
                    before=in_review, after=VersionState.APPROVED, sha256=sha256,
                )
            )  # fmt: skip
    return entries
