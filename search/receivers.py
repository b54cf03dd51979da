"""What the index does when something it holds changes, in the transaction of that change."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import PageLogEntry

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.frameworks.models import Requirement
from portal.people.models import User
from portal.policies.models import PolicyPage
from portal.policies.receivers import WITHDRAWN
from search.actions.keep_in_step import keep_in_step
from search.models import Kind


def policy_in_force(page: PolicyPage, **kwargs: Any) -> None:
    """Take in what was published."""
    keep_in_step(Kind.POLICY, [page.pk])


def page_logged(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """Let go of a policy that was withdrawn."""
    if created and instance.action in WITHDRAWN:
        keep_in_step(Kind.POLICY, [instance.page_id])


def policy_removed(instance: PolicyPage, **kwargs: Any) -> None:
    """Let go of a policy whose page was removed."""
    keep_in_step(Kind.POLICY, [instance.pk])


def evidence_linked(
    evidence: Evidence, requirements: Iterable[Requirement], *, actor: User
) -> None:
    """Take note of what the evidence supports now."""
    keep_in_step(Kind.EVIDENCE, [evidence.pk])


def evidence_unlinked(
    evidence: Evidence, requirements: Iterable[Requirement], *, actor: User
) -> None:
    """Take note of what the evidence no longer supports."""
    keep_in_step(Kind.EVIDENCE, [evidence.pk])


def evidence_changed(evidence_id: int) -> None:
    """Take in what was approved, let go of what no longer is, and keep the details in step."""
    keep_in_step(Kind.EVIDENCE, [evidence_id])


def links_carried(evidence_ids: Iterable[int]) -> None:
    """Take note of what many pieces of evidence support in another edition."""
    keep_in_step(Kind.EVIDENCE, list(evidence_ids))


def text_kept(sha256: str) -> None:
    """Take in the text inside what is approved."""
    versions = EvidenceVersion.objects.filter(sha256=sha256, state=VersionState.APPROVED)
    keep_in_step(Kind.EVIDENCE, list(versions.values_list("evidence_id", flat=True)))
