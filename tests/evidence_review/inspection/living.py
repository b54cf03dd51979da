"""A portal that lives: evidence is added, approved, changed and taken back by the real actions."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import Any

from django.db import transaction

from evidence_review.evidence.actions.change_details import change_details
from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.actions.upload import Upload, add_evidence, add_version
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.states import VersionVerb
from evidence_review.review.actions.approve import approve
from portal.frameworks.models import Requirement
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.actors import SCANNER
from portal.record.verbs import Verb
from tests.factories import EvidenceTypeFactory, PersonFactory, VerdictFactory, keep

_NUMBERS = count(1)


class Living:
    """The people and the things they do. Ask for ``settings.SCANNER = doubles.CLEAN`` first."""

    def __init__(self) -> None:
        self.uploader: User = PersonFactory.create(
            role=Role.CONTRIBUTOR,
            first_name="Una",
            last_name="Upload (demo)",
            job_title="Administrator",
        )
        self.lead: User = PersonFactory.create(
            role=Role.IG_LEAD, first_name="Grace", last_name="Adeyemi (demo)", job_title="IG lead"
        )
        self.corrector: User = PersonFactory.create(role=Role.IG_LEAD, first_name="Cora")
        self.admin: User = PersonFactory.create(role=Role.PORTAL_ADMIN, first_name="Ada")

    def file(self) -> KeptFile:
        """Keep bytes that nobody has kept before, which are clean."""
        content = b"Living file %d" % next(_NUMBERS)
        keep(content)
        digest = sha256(content).hexdigest()
        VerdictFactory.create(sha256=digest)
        return KeptFile(digest, len(content), "text/plain", "txt", "living.txt")

    def add(self, title: str, site: Site | None, tied: Sequence[Requirement]) -> EvidenceVersion:
        """Add evidence; its first version goes to review."""
        details = EvidenceDetails(title=title, type=EvidenceTypeFactory.create(), site=site)
        version = add_evidence(Upload(file=self.file()), details, tied, actor=self.uploader)
        return self.submit(version)

    def replace(self, evidence: Evidence) -> EvidenceVersion:
        """Upload the next version; it goes to review."""
        return self.submit(add_version(Upload(file=self.file()), evidence, actor=self.uploader))

    @transaction.atomic
    def submit(self, version: EvidenceVersion) -> EvidenceVersion:
        """Let the virus check have ended well."""
        locked = lock_version(version.public_id)
        transition(locked, VersionVerb.SUBMIT, actor=SCANNER, record_verb=Verb.VERSION_SUBMITTED)
        return locked

    def approve(self, version: EvidenceVersion) -> EvidenceVersion:
        """Approve by the IG lead."""
        approve(version.public_id, actor=self.lead, sha256_seen=version.sha256)
        return version

    def approved(self, title: str, site: Site | None, *tied: Requirement) -> EvidenceVersion:
        """Add evidence and approve it."""
        return self.approve(self.add(title, site, tied))

    def correct(self, evidence: Evidence, **new: Any) -> None:
        """Change the details of an evidence."""
        held = Evidence.objects.get(pk=evidence.pk)
        names = EvidenceDetails.__dataclass_fields__
        details = EvidenceDetails(**{name: getattr(held, name) for name in names})
        change_details(held, replace(details, **new), actor=self.corrector)
