"""Who is away, and who decides in their place."""

from datetime import date

from django.utils import timezone

from evidence_review.review.models import StandIn
from portal.people.models import User


def absent_for(person: User, today: date | None = None) -> list[User]:
    """Return those in whose place the person may decide today. Read once for each person object."""
    day = today or timezone.localdate()
    kept: dict[date, list[User]] = person.__dict__.setdefault("_absent_for", {})
    if day not in kept:
        rows = StandIn.objects.filter(
            stand_in_id=person.pk, starts__lte=day, ends__gte=day, ended_at__isnull=True
        )
        kept[day] = [row.person for row in rows.select_related("person").order_by("pk")]
    return kept[day] if person.is_active else []
