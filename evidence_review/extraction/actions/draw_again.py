"""Ask again for pictures that the cache has lost."""

from django.db import transaction

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.actions.ask import ask_for_pictures
from evidence_review.extraction.models import PagePictures


@transaction.atomic
def draw_again(lost: PagePictures, version: EvidenceVersion) -> None:
    """Forget that there were pictures, and ask for them anew; once, however many ask."""
    if PagePictures.objects.filter(pk=lost.pk, at=lost.at).delete()[0]:
        ask_for_pictures(version)
