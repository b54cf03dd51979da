"""Giving out the picture of one page: ours, drawn anew, and still shut in by the browser."""

from django.http import Http404, HttpResponse

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.actions.draw_again import draw_again
from evidence_review.extraction.cache import read_page
from evidence_review.extraction.outcomes import Outcome
from evidence_review.extraction.queries import pictures_of


def serve_page(version: EvidenceVersion, number: int) -> HttpResponse:
    """Return the picture of a page, counted from 1. The caller has asked permission.

    Raises Http404 when there is none (yet); one the cache has lost is asked for again.
    """
    pictures = pictures_of(version.sha256)
    if pictures is None or pictures.outcome != Outcome.DONE or not 1 <= number <= pictures.shown:
        raise Http404("There is no picture of this page.")
    picture = read_page(version.sha256, pictures.made_by, number)
    if picture is None:
        draw_again(pictures, version)
        raise Http404("The picture of this page is being made again.")
    response = HttpResponse(picture, content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
