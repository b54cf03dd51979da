"""What the index is to hold of policies and evidence, read from what is true."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from evidence_review.evidence.models import EvidenceLink, EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.extraction.queries import texts_of
from portal.policies.models import PolicyAudience, PolicyPage
from portal.policies.queries import current_policies
from search import labels
from search.models import Kind

MOST_TEXT = 150_000
"""Characters of one text that are looked through. PostgreSQL takes one megabyte of words."""


@dataclass(frozen=True)
class Document:
    """What is to be found of one policy or one piece of evidence."""

    kind: Kind
    object_key: int
    date: date
    category: str
    site_id: int | None
    access: tuple[str, ...]
    filters: tuple[str, ...]
    title: str
    body: str


def documents_of(kind: Kind, keys: Collection[int]) -> list[Document]:
    """Return the documents of those of these things that are to be found at all."""
    return _of_policies(keys) if kind == Kind.POLICY else _of_evidence(keys)


def keys_of(kind: Kind) -> list[int]:
    """Return the keys of everything of a kind that is to be found, oldest first."""
    if kind == Kind.POLICY:
        return list(current_policies().order_by("version_at", "pk").values_list("pk", flat=True))
    approved = EvidenceVersion.objects.filter(state=VersionState.APPROVED)
    return list(approved.order_by("state_since", "pk").values_list("evidence_id", flat=True))


def _of_policies(keys: Collection[int]) -> list[Document]:
    rows = defaultdict(list)
    for page_id, role, site_id in PolicyAudience.objects.filter(page__in=keys).values_list(
        "page_id", "role", "site_id"
    ):
        rows[page_id].append(labels.AudienceRow(role, site_id))
    pages = current_policies().filter(pk__in=keys).prefetch_related("supports")
    return [_policy(page, rows[page.pk]) for page in pages]


def _policy(page: PolicyPage, rows: Iterable[labels.AudienceRow]) -> Document:
    return Document(
        kind=Kind.POLICY,
        object_key=page.pk,
        date=timezone.localdate(page.version_at),
        category=page.topic,
        site_id=None,
        access=tuple(labels.policy_access(rows)),
        filters=(
            labels.of_kind(Kind.POLICY),
            labels.of_category(Kind.POLICY, page.topic),
            *sorted({labels.of_site(row.site_id) for row in rows}),
            *sorted(labels.of_requirement(one.pk) for one in page.supports.all()),
        ),
        title=page.title,
        body=_clean(page.plain_text),
    )


def _of_evidence(keys: Collection[int]) -> list[Document]:
    approved = EvidenceVersion.objects.filter(state=VersionState.APPROVED, evidence__in=keys)
    versions = list(approved.select_related("evidence__type"))
    links = defaultdict(list)
    for evidence_id, requirement_id in EvidenceLink.objects.filter(evidence__in=keys).values_list(
        "evidence_id", "requirement_id"
    ):
        links[evidence_id].append(requirement_id)
    texts = texts_of(version.sha256 for version in versions)
    return [
        _evidence(
            version,
            links[version.evidence_id],
            texts[version.sha256].text if version.sha256 in texts else "",
        )
        for version in versions
    ]


def _evidence(version: EvidenceVersion, requirements: Iterable[int], text: str) -> Document:
    evidence = version.evidence
    category = evidence.type.code
    site = () if evidence.site_id is None else (labels.of_site(evidence.site_id),)
    return Document(
        kind=Kind.EVIDENCE,
        object_key=evidence.pk,
        date=timezone.localdate(version.state_since),
        category=category,
        site_id=evidence.site_id,
        access=tuple(labels.evidence_access(evidence.site_id)),
        filters=(
            labels.of_kind(Kind.EVIDENCE),
            labels.of_category(Kind.EVIDENCE, category),
            *site,
            *sorted(map(labels.of_requirement, requirements)),
        ),
        title=evidence.title,
        body=_clean(f"{evidence.claim} {text}" if evidence.claim else text),
    )


def _clean(text: str) -> str:
    """Return what is looked through of a text; no database takes a NUL."""
    return text.replace("\x00", " ")[:MOST_TEXT].strip()
