"""How people are named on a tablet that anybody in the room can see: no more than is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Left

from portal.people.models import User


@dataclass(frozen=True)
class ShownName:
    """One name to choose: ``label`` is the first name and an initial, in full only for twins."""

    ref: str
    label: str
    job_title: str


def shown_names(people: Sequence[User], among: QuerySet[User]) -> list[ShownName]:
    """Return how these people are named where ``among`` are all who can be chosen. One query."""
    alike = _alike(people, among)
    return [
        ShownName(
            person.public_id,
            str(person) if _key(person) in alike else short_name(person),
            person.job_title,
        )
        for person in people
    ]


def short_name(person: User) -> str:
    """Return the first name with an initial, like Priya N."""
    initial = f"{person.last_name[:1]}." if person.last_name else ""
    return f"{person.first_name} {initial}".strip() or "Somebody without a name"


def _key(person: User) -> tuple[str, str]:
    return person.first_name, person.last_name[:1]


def _alike(people: Sequence[User], among: QuerySet[User]) -> set[tuple[str, str]]:
    """Return first name and initial of those whom their short names would not tell apart."""
    rows = (
        among.filter(first_name__in={person.first_name for person in people})
        .order_by()
        .annotate(initial=Left("last_name", 1))
        .values("first_name", "initial")
        .annotate(how_many=Count("pk"))
        .filter(how_many__gt=1)
    )
    return {(row["first_name"], row["initial"]) for row in rows}
