"""The pictures of one file's pages, from the child into the cache."""

from dataclasses import dataclass

from evidence_review.extraction.cache import keep_page
from evidence_review.extraction.caps import PICTURE_LIMITS
from evidence_review.extraction.models import PagePictures
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.pictures import pictures_in
from evidence_review.extraction.room import take_out

DRAWABLE = frozenset({"pdf", "jpg", "jpeg", "png", "heic"})
"""Extensions of files whose pages are drawn; of all others the text is shown."""


@dataclass(frozen=True)
class Drawn:
    """What came of it: pages in the file, pictures kept, and their bytes together."""

    outcome: Outcome
    problem: str = ""
    pages: int = 0
    shown: int = 0
    size: int = 0
    again: bool = False


def draw(look: PagePictures) -> Drawn:
    """Draw the pages of the bytes the look is about. Raises what ``take_out`` raises."""
    with take_out(
        look.sha256, f"pages.{look.extension}", extension=look.extension, limits=PICTURE_LIMITS
    ) as taken:
        if taken.outcome is not Outcome.DONE:
            return Drawn(taken.outcome, taken.problem, again=taken.again)
        shown = size = 0
        for picture in pictures_in(taken.output):
            shown, size = shown + 1, size + len(picture)
            keep_page(look.sha256, look.made_by, shown, picture)
        pages = max(shown, taken.number("pages"))
    return Drawn(Outcome.DONE if shown else Outcome.FAILED, pages=pages, shown=shown, size=size)
