"""What must be true of erasures at all times."""

from collections.abc import Iterator

from portal.erasure.finding import details_of
from portal.erasure.models import Erasure
from portal.record.queries import events_about
from portal.record.verbs import Verb


def erased_details_stay_erased() -> Iterator[str]:
    """I20: of somebody who was erased nothing is left beside the record, and the record says so."""
    for erasure in Erasure.objects.filter(finished_at__isnull=False).order_by("pk").iterator():
        name = f"erasure {erasure.public_id}"
        left = details_of(
            erasure.about, erasure.actor_ref, (), after=0, until=erasure.until_seq
        ).count()
        if left:
            yield f"{name} is finished, but {left} details are there"
        said = events_about(erasure.kind, erasure.ref).filter(verb=Verb.DETAILS_ERASED)
        count = sum(
            int(event.facts["details"])
            for event in said
            if event.facts.get("erasure") == erasure.public_id
        )
        if count != erasure.details:
            yield f"{name} counts {erasure.details} details, the record {count}"
