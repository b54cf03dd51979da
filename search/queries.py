"""What is shown of what was found: a page of it, in a number of questions that never grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, TextField, Value
from django.db.models.functions import Greatest, Lower, StrIndex, Substr
from django.urls import reverse
from django.utils.safestring import SafeString

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.policies.queries import current_policies
from portal.policies.topics import Topic
from search.excerpts import LENGTH, excerpt, has_any, root_of
from search.models import Kind, SearchDocument

WINDOW = 5_000
"""Characters of a text that are read for its excerpt."""


@dataclass(frozen=True)
class Hit:
    """One policy or piece of evidence that was found, as it is shown."""

    kind: Kind
    ref: str
    """The primary key of a policy's page, the public id of evidence."""
    title: str
    url: str
    category: str
    place: str
    """The name of a site; empty for policies and for the whole organisation."""
    version: int
    date: date
    excerpt: SafeString


@dataclass(frozen=True)
class Facts:
    """What only the thing itself knows of its hit."""

    ref: str
    url: str
    category: str
    place: str
    version: int


def hits(ids: Sequence[int], words: Sequence[str]) -> list[Hit]:
    """Return these documents as they are shown, in this order, with excerpts around the words."""
    rows = documents(ids)
    facts = facts_of(rows)
    texts = _texts(rows, words)
    return [
        Hit(
            kind=Kind(row.kind),
            title=row.title,
            date=row.date,
            excerpt=excerpt(texts[row.pk], words),
            **vars(facts[row.pk]),
        )
        for row in rows
        if row.pk in facts
    ]


def documents(ids: Sequence[int]) -> list[SearchDocument]:
    """Return documents in the order of ``ids``, each with the beginning of its text."""
    rows = (
        SearchDocument.objects.filter(pk__in=ids)
        .only("kind", "object_key", "title", "date")
        .annotate(beginning=Substr("body", 1, WINDOW, output_field=TextField()))
        .in_bulk()
    )
    return [rows[key] for key in ids if key in rows]


def facts_of(rows: Sequence[SearchDocument]) -> dict[int, Facts]:
    """Return by document what only the thing itself knows; none of what is gone meanwhile."""
    by_key = {(row.kind, row.object_key): row.pk for row in rows}
    pages = [row.object_key for row in rows if row.kind == Kind.POLICY]
    evidence = [row.object_key for row in rows if row.kind == Kind.EVIDENCE]
    found = _policies(pages) | _evidence(evidence)
    return {by_key[key]: facts for key, facts in found.items()}


def _policies(keys: Sequence[int]) -> dict[tuple[str, int], Facts]:
    if not keys:
        return {}
    pages = current_policies().filter(pk__in=keys).order_by()
    return {
        (Kind.POLICY, pk): Facts(
            ref=str(pk),
            url=reverse("wagtail_serve", args=[f"policies/{slug}/"]),
            category=str(Topic(topic).label),
            place="",
            version=number,
        )
        for pk, slug, topic, number in pages.values_list("pk", "slug", "topic", "version_number")
    }


def _evidence(keys: Sequence[int]) -> dict[tuple[str, int], Facts]:
    if not keys:
        return {}
    approved = EvidenceVersion.objects.filter(state=VersionState.APPROVED, evidence__in=keys)
    rows = approved.order_by().values_list(
        "evidence_id",
        "evidence__public_id",
        "evidence__type__name",
        "evidence__site__name",
        "number",
    )
    return {
        (Kind.EVIDENCE, pk): Facts(
            ref, reverse("evidence:detail", args=[ref]), kind, site or "", number
        )
        for pk, ref, kind, site, number in rows
    }


def _texts(rows: Sequence[SearchDocument], words: Sequence[str]) -> dict[int, str]:
    """Return the part of each text that its excerpt is cut from.

    It is the beginning, unless that holds none of the words: then what lies around the first of
    them, which the database looks for.
    """
    texts: dict[int, str] = {row.pk: getattr(row, "beginning", "") for row in rows}
    without = [
        key for key, text in texts.items() if len(text) >= WINDOW and not has_any(text, words)
    ]
    if without and words:
        place = StrIndex(Lower(F("body")), Value(root_of(words[0])))
        start = Greatest(place - LENGTH // 2, Value(1))
        deeper = SearchDocument.objects.filter(pk__in=without)
        texts |= deeper.annotate(part=Substr("body", start, 2 * LENGTH)).values_list("pk", "part")
    return texts
