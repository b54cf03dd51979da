"""Portals with so many pieces of approved evidence of two pages each, written in bulk.

The rows are true rows, as ``groups`` writes them: every version went through review to a final
approval. The index holds what the portal would put in it, written for many documents at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection, transaction

from benchmarks.harness import groups
from benchmarks.harness.library_words import Text, text
from evidence_review.evidence.models import Evidence, EvidenceType
from portal.people.models import Organisation, Site, User
from portal.people.roles import Role
from search.actions.keep_in_step import access_of, row_of
from search.actions.learn_words import learn_words
from search.actions.tidy_index import tidy_index
from search.documents import documents_of
from search.models import Kind, SearchDocument

SITES = 10
_AT_ONCE = 1_000
_WHOLE_ORGANISATION = 20
"""Of so many pieces of evidence one is nobody's but the organisation's."""


@dataclass(frozen=True)
class Readers:
    """Who looks for things: one who sees everything, and one of a single site."""

    lead: User
    restricted: User


def readers() -> Readers:
    """Return who looks for things, made the first time."""
    first = Site.objects.order_by("pk")[0]
    return Readers(groups.people().lead, groups.person("restricted", Role.CONTRIBUTOR, site=first))


def site_number(number: int) -> int | None:
    """Return at which of the sites, counted from 0, a document is; None for the organisation's."""
    return None if number % _WHOLE_ORGANISATION == 7 else number // 3 % SITES


def grow_to(documents: int, seed: int) -> None:
    """Bring the library up to so many documents."""
    organisation, _ = Organisation.objects.get_or_create(name="Demo Care Group (demo)")
    for number in range(Site.objects.count() + 1, SITES + 1):
        Site.objects.create(organisation=organisation, name=f"Site {number:02} (demo)")
    groups.bytes_are_clean()
    for start in range(SearchDocument.objects.count(), documents, _AT_ONCE):
        _add(range(start, min(start + _AT_ONCE, documents)), seed)
    _let_the_planner_know()


@transaction.atomic
def _add(numbers: range, seed: int) -> None:
    who, sites = groups.people(), list(Site.objects.order_by("pk"))
    kind = EvidenceType.objects.get(code="document")
    texts = [text(number, seed) for number in numbers]
    evidence = Evidence.objects.bulk_create(
        Evidence(
            title=one.title,
            type=kind,
            site=None if (at := site_number(number)) is None else sites[at],
            owner=who.uploader,
            created_by=who.uploader,
        )
        for number, one in zip(numbers, texts, strict=True)
    )
    groups.approve_all(evidence, who)
    _index(evidence, texts)


def _index(evidence: Sequence[Evidence], texts: Sequence[Text]) -> None:
    bodies = {one.pk: about.body for one, about in zip(evidence, texts, strict=True)}
    documents = sorted(
        (
            replace(one, body=bodies[one.object_key])
            for one in documents_of(Kind.EVIDENCE, list(bodies))
        ),
        key=lambda one: one.object_key,
    )
    access = access_of(documents)
    SearchDocument.objects.bulk_create(row_of(one, access[one.access]) for one in documents)
    learn_words(f"{one.title} {one.body}" for one in documents)


def _let_the_planner_know() -> None:
    """Do what the portal does every night, and PostgreSQL by itself."""
    tidy_index()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
