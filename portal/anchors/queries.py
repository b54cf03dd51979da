"""Named selections of people, copies and problems."""

from datetime import datetime

from django.db.models import Max, QuerySet

from portal.anchors.models import Anchor, AnchorKind, AnchorProblem, AnchorRecipient
from portal.sealing.models import Seal


def recipients() -> QuerySet[AnchorRecipient]:
    """Return the people who are sent the seal today."""
    return AnchorRecipient.objects.filter(ended_at=None).select_related("named_by")


def named_since() -> datetime | None:
    """Return since when somebody outside is sent the seal, of those who still are."""
    outside = recipients().filter(is_outside=True)
    return outside.values_list("named_at", flat=True).order_by("named_at").first()


def open_problems() -> QuerySet[AnchorProblem]:
    """Return what places are not taking checkpoints now, and why."""
    return AnchorProblem.objects.filter(ended_at=None)


def newest_outside() -> Anchor | None:
    """Return the newest copy that nobody at the organisation can change."""
    return Anchor.objects.filter(is_outside=True).select_related("seal").first()


def ended_recipients() -> QuerySet[AnchorRecipient]:
    """Return the people who are sent the seal no more, those who were ended last first."""
    return AnchorRecipient.objects.exclude(ended_at=None).order_by("-ended_at")


def is_kept(seal: Seal, kind: str, where: str) -> bool:
    """Tell whether a place has this seal."""
    return Anchor.objects.filter(seal=seal, kind=kind, where=where).exists()


def last_anchors() -> dict[tuple[str, str], Anchor]:
    """Return the newest copy in each place, by kind and name of the place."""
    by_place = Anchor.objects.exclude(kind=AnchorKind.DOWNLOAD).order_by()
    newest = by_place.values("kind", "where").annotate(newest=Max("pk")).values("newest")
    found = Anchor.objects.filter(pk__in=newest).select_related("seal")
    return {(anchor.kind, anchor.where): anchor for anchor in found}
