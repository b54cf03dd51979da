"""Statements that are answered by claims, with their claims counted by kind of evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evidence_review.assessments.models import StatementClaim
from evidence_review.assessments.queries.claims import standing_claims
from evidence_review.evidence.states import Look
from portal.frameworks.models import Edition, EvidenceCategory, Requirement
from portal.frameworks.queries import current_editions, requirements_in_use
from portal.frameworks.states import AnswerKind
from portal.people.models import Site, User


def claimed_editions() -> QuerySet[Edition]:
    """Return the editions in use that are answered by claims, in the order of screens."""
    return current_editions().filter(Exists(_statements().filter(edition=OuterRef("pk"))))


def statements_of(edition: Edition) -> QuerySet[Requirement]:
    """Return the statements of an edition in catalogue order."""
    return _statements().filter(edition=edition).select_related("edition").order_by("position")


def statements_in_use() -> QuerySet[Requirement]:
    """Return the statements of every edition in use, by edition and then catalogue order."""
    return requirements_in_use().filter(answer_kind=AnswerKind.CLAIM)


def _statements() -> QuerySet[Requirement]:
    return Requirement.objects.filter(answer_kind=AnswerKind.CLAIM, is_retired=False).order_by()


@dataclass(frozen=True)
class CategoryCount:
    """How much there is of one kind of evidence; ``None`` where the edition knows no kinds."""

    category: EvidenceCategory | None
    claims: int = 0
    shown: int = 0

    @property
    def not_shown(self) -> int:
        """How many claims inspectors do not see yet."""
        return self.claims - self.shown

    @property
    def look(self) -> Look:
        """How it is drawn: nothing yet, claimed, or shown by approved evidence."""
        if not self.claims:
            return Look("Nothing yet", "todo", "todo")
        if not self.shown:
            return Look("Not shown yet", "wait", "clock")
        return Look("Shown", "done", "tick")


@dataclass(frozen=True)
class StatementCounts:
    """A statement with its claims counted by kind of evidence, every kind of the edition in it."""

    statement: Requirement
    categories: tuple[CategoryCount, ...]

    @property
    def has_categories(self) -> bool:
        """Whether the edition knows kinds of evidence."""
        return any(one.category is not None for one in self.categories)


def counted(
    statements: Iterable[Requirement], person: User, site: Site | None = None
) -> list[StatementCounts]:
    """Count the claims the person may see, of one site and the whole where ``site`` is given.

    Two questions to the database, however many claims there are.
    """
    statements = list(statements)
    claims = at_site(standing_claims(person), site).filter(statement__in=statements).order_by()
    rows = claims.values_list("statement_id", "category_id").annotate(
        claims=Count("pk"), shown=Count("pk", filter=Q(is_shown=True))
    )
    found = {(statement, category): (n, shown) for statement, category, n, shown in rows}
    of_edition: dict[int, list[EvidenceCategory]] = {}
    editions = {statement.edition_id for statement in statements}
    for category in EvidenceCategory.objects.filter(edition__in=editions):
        of_edition.setdefault(category.edition_id, []).append(category)
    return [
        StatementCounts(
            statement, tuple(_count(statement, of_edition.get(statement.edition_id, []), found))
        )
        for statement in statements
    ]


def _count(
    statement: Requirement,
    categories: list[EvidenceCategory],
    found: dict[tuple[int, int | None], tuple[int, int]],
) -> Iterable[CategoryCount]:
    if not categories:
        yield CategoryCount(None, *found.get((statement.pk, None), (0, 0)))
    for category in categories:
        yield CategoryCount(category, *found.get((statement.pk, category.pk), (0, 0)))


def at_site(claims: QuerySet[StatementClaim], site: Site | None) -> QuerySet[StatementClaim]:
    """Narrow claims to those of one site and of the whole organisation."""
    return claims.filter(Q(site=site) | Q(site__isnull=True)) if site else claims
