"""What is shown of what was found: a page of it, in a number of questions that never grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Greatest, Lower, StrIndex, Substr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.chrome.words import day
from portal.policies.queries import current_policies
from portal.policies.topics import Topic
from search.excerpts import LENGTH, excerpt, has_any, root_of
from search.models import Kind, SearchDocument

WINDOW = 5_000
"""Characters of a text that are read for its excerpt."""


@dataclass(frozen=True)
class Row:
    """One document of the index, with the beginning of its text."""

    pk: int
    kind: Kind
    object_key: int
    title: str
    date: date
    beginning: str


@dataclass(frozen=True)
class Facts:
    """What only the thing itself knows: a policy's page or a piece of evidence."""

    ref: str
    """The primary key of a policy's page, the public id of evidence."""
    url: str
    category: str
    place: str
    """The name of a site; empty for policies and for the whole organisation."""
    version: int


@dataclass(frozen=True)
class Hit:
    """One policy or piece of evidence that was found, as it is shown."""

    row: Row
    facts: Facts
    excerpt: SafeString

    @property
    def state(self) -> SafeString:
        """What it is, drawn as every state is."""
        return _drawn(self.row.kind)

    @property
    def in_a_line(self) -> str:
        """Its facts, in a line."""
        about = self.facts
        place = ""
        if self.row.kind == Kind.EVIDENCE:
            place = f"{about.place or 'The whole organisation'}. "
        return f"{about.category}. {place}Version {about.version}, {day(self.row.date)}."


@cache
def _drawn(kind: Kind) -> SafeString:
    looks = {
        Kind.POLICY: {"kind": "check", "word": "Policy", "icon": "book"},
        Kind.EVIDENCE: {"kind": "done", "word": "Approved evidence", "icon": "tick"},
    }
    return render_to_string("components/state.html", looks[kind])


def hits(ids: Sequence[int], words: Sequence[str]) -> list[Hit]:
    """Return these documents as they are shown, in this order, with excerpts around the words."""
    rows = documents(ids)
    facts = facts_of(rows)
    texts = _texts(rows, words)
    return [
        Hit(row, facts[row.pk], excerpt(texts[row.pk], words)) for row in rows if row.pk in facts
    ]


def documents(ids: Sequence[int]) -> list[Row]:
    """Return documents in the order of ``ids``."""
    if not ids:
        return []
    places = ", ".join(["%s"] * len(ids))
    sql = (
        "SELECT id, kind, object_key, title, date, substr(body, 1, %s) "  # noqa: S608  # places
        f"FROM search_searchdocument WHERE id IN ({places})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [WINDOW, *ids])
        rows = {row[0]: row for row in cursor.fetchall()}
    return [
        Row(pk, Kind(kind), key, title, _as_day(at), text)
        for pk, kind, key, title, at, text in (rows[one] for one in ids if one in rows)
    ]


def _as_day(at: date | str) -> date:
    """Return a day; SQLite keeps it as a text."""
    return date.fromisoformat(at) if isinstance(at, str) else at


def facts_of(rows: Sequence[Row]) -> dict[int, Facts]:
    """Return by document what only the thing itself knows; none of what is gone meanwhile."""
    by_key = {(row.kind, row.object_key): row.pk for row in rows}
    pages = [row.object_key for row in rows if row.kind == Kind.POLICY]
    evidence = [row.object_key for row in rows if row.kind == Kind.EVIDENCE]
    found = _policies(pages) | _evidence(evidence)
    return {by_key[key]: facts for key, facts in found.items()}


@cache
def _policies_address() -> str:
    """Return where the policies are, worked out once instead of for each of ten hits."""
    return reverse("wagtail_serve", args=["policies/"])


@cache
def _evidence_address() -> str:
    return reverse("evidence:list")


def _policies(keys: Sequence[int]) -> dict[tuple[Kind, int], Facts]:
    if not keys:
        return {}
    pages = current_policies().filter(pk__in=keys).order_by()
    return {
        (Kind.POLICY, pk): Facts(
            ref=str(pk),
            url=_policies_address() + f"{slug}/",
            category=str(Topic(topic).label),
            place="",
            version=number,
        )
        for pk, slug, topic, number in pages.values_list("pk", "slug", "topic", "version_number")
    }


def _evidence(keys: Sequence[int]) -> dict[tuple[Kind, int], Facts]:
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
        (Kind.EVIDENCE, pk): Facts(ref, f"{_evidence_address()}{ref}/", kind, site or "", number)
        for pk, ref, kind, site, number in rows
    }


def _texts(rows: Sequence[Row], words: Sequence[str]) -> dict[int, str]:
    """Return the part of each text that its excerpt is cut from.

    It is the beginning, unless that holds none of the words: then what lies around the first of
    them, which the database looks for.
    """
    texts: dict[int, str] = {row.pk: row.beginning for row in rows}
    without = [
        key for key, text in texts.items() if len(text) >= WINDOW and not has_any(text, words)
    ]
    if without and words:
        place = StrIndex(Lower(F("body")), Value(root_of(words[0])))
        start = Greatest(place - LENGTH // 2, Value(1))
        deeper = SearchDocument.objects.filter(pk__in=without)
        texts |= deeper.annotate(part=Substr("body", start, 2 * LENGTH)).values_list("pk", "part")
    return texts
