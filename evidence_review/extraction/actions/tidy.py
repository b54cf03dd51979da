"""Forget what need not be known any more: of recalled files, and pictures there is no room for."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from evidence_review.extraction.cache import forget_pages
from evidence_review.extraction.caps import MOST_PAGES
from evidence_review.extraction.models import ExtractedText, PagePictures
from evidence_review.extraction.queries import of_nothing_readable

AT_ONCE = 1_000


def tidy_looks() -> int:
    """Forget texts and pictures of bytes nobody may open, then what was looked at longest ago.

    Returns how many were forgotten. Bytes of an infected or recalled file leave the store for
    quarantine, so their text must not stay behind to be found.
    """
    forgotten = 0
    for text in of_nothing_readable(ExtractedText)[:AT_ONCE]:
        forgotten += _forget_text(text.sha256)
    for look in of_nothing_readable(PagePictures)[:AT_ONCE]:
        forgotten += _forget_pictures(look.sha256)
    return forgotten + sum(_forget_pictures(sha256) for sha256 in _beyond_the_room())


def forget_looks(sha256: str) -> None:
    """Forget text and pictures of bytes of which no version may be opened any more, at once."""
    if of_nothing_readable(ExtractedText).filter(sha256=sha256).exists():
        _forget_text(sha256)
    if of_nothing_readable(PagePictures).filter(sha256=sha256).exists():
        _forget_pictures(sha256)


@transaction.atomic
def _forget_text(sha256: str) -> int:
    gone = of_nothing_readable(ExtractedText).filter(sha256=sha256).delete()[0]
    for path in settings.TEXT_FOLLOWERS if gone else ():
        import_string(path)(sha256)
    return gone


def _forget_pictures(sha256: str) -> int:
    """The row first: a page that is looked at in between is simply asked for again."""
    look = PagePictures.objects.filter(sha256=sha256).first()
    if look is None:
        return 0
    look.delete()
    forget_pages(sha256, look.made_by, MOST_PAGES)
    return 1


def _beyond_the_room() -> list[str]:
    room = settings.PAGE_PICTURES_MAX_BYTES
    too_many = []
    rows = PagePictures.objects.order_by("-seen_at", "-pk").values_list("sha256", "size")
    for sha256, size in rows.iterator():
        room -= size
        if room < 0 and size:
            too_many.append(sha256)
    return too_many[:AT_ONCE]
