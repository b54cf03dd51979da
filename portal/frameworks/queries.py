"""Named selections of the catalogue."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from portal.frameworks.models import Edition, Requirement
from portal.frameworks.states import Source, Sureness

DOUBTFUL = (
    ~Q(confidence=Source.SOURCE)
    | ~Q(ref_confidence=Sureness.HIGH)
    | ~Q(level_confidence=Sureness.HIGH)
)
"""What ``Requirement.is_doubtful`` asks of one row, as a condition."""


class UnknownRequirement(Exception):
    """Somebody named requirements the catalogue does not hold. ``codes`` lists them."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(f"No such requirement: {', '.join(self.codes)}")


def current_editions() -> QuerySet[Edition]:
    """Return the editions evidence may be tied to today, in the order of screens."""
    return Edition.objects.filter(in_use=True).select_related("framework")


def editions_with_counts() -> QuerySet[Edition]:
    """Return every edition with its live requirements, mandatory and doubtful ones counted."""
    live = Q(requirements__is_retired=False)
    doubtful = Q(requirements__in=Requirement.objects.filter(DOUBTFUL))
    editions = Edition.objects.select_related("framework", "checked_by").annotate(
        requirement_count=Count("requirements", filter=live),
        mandatory_count=Count("requirements", filter=live & Q(requirements__mandatory=True)),
        doubtful_count=Count("requirements", filter=live & doubtful),
    )
    # Counting groups the rows, which drops the model's own order.
    return editions.order_by("position", "code")


def requirements_in_order(edition: Edition) -> QuerySet[Requirement]:
    """Return an edition's live requirements in catalogue order, each with its edition loaded."""
    return (
        Requirement.objects.filter(edition=edition, is_retired=False)
        .select_related("edition", "assertion")
        .order_by("position")
    )


def requirements_in_use() -> QuerySet[Requirement]:
    """Return the live requirements of every edition in use, by edition and then catalogue order."""
    return (
        Requirement.objects.filter(edition__in_use=True, is_retired=False)
        .select_related("edition")
        .order_by("edition__position", "edition__code", "position")
    )


def requirements_by_codes(codes: Iterable[str]) -> list[Requirement]:
    """Return the requirements named ``edition:ref``, in the order named, each once.

    Raises:
        UnknownRequirement: naming every code that is malformed, retired or not in the catalogue.
    """
    wanted = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    named = {code.partition(":")[0] for code in wanted}
    # What a stranger typed never reaches the database: only editions we know are asked for.
    known = named.intersection(Edition.objects.values_list("code", flat=True))
    rows = Requirement.objects.filter(edition__code__in=known, is_retired=False)
    found = {requirement.code: requirement for requirement in rows.select_related("edition")}
    unknown = [code for code in wanted if code not in found]
    if unknown:
        raise UnknownRequirement(unknown)
    return [found[code] for code in wanted]
