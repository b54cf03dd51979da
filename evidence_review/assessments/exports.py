"""The columns of a publication as a spreadsheet, for typing into the national toolkit."""

from collections.abc import Callable, Iterable, Iterator

from evidence_review.assessments.answer_words import where_kept, words_to_type
from evidence_review.assessments.models import Assessment, Publication, PublishedAnswer
from evidence_review.assessments.states import Standing
from portal.chrome.words import day

Row = tuple[PublishedAnswer, str]
"""An answer, and what is said of whether it is published."""

EXPORT_COLUMNS: dict[str, tuple[str, Callable[[Row], str]]] = {
    "ref": ("Reference", lambda row: row[0].ref),
    "section": ("Section", lambda row: row[0].section),
    "question": ("Question", lambda row: row[0].question),
    "answer": ("Answer to type", lambda row: words_to_type(row[0])),
    "comment": ("Comment", lambda row: row[0].answer["comment"]),
    "kept": ("Where the evidence is kept", lambda row: where_kept(row[0])),
    "standing": ("Standing", lambda row: str(Standing(row[0].standing).label)),
    "published": ("Published", lambda row: row[1]),
}
"""Heading and value of each column, in order."""


def rows_of(answers: Iterable[PublishedAnswer], publication: Publication | None) -> Iterator[Row]:
    """Give each answer with the words for its last column."""
    said = (
        f"{publication.level_name}, {day(publication.published_at)}"
        if publication
        else "Not published"
    )
    return ((answer, said) for answer in answers)


def file_name(assessment: Assessment, publication: Publication | None, today: str) -> str:
    """Return the name of the file, without its ending, in plain characters."""
    if publication is None:
        return f"{assessment.edition.code}-not-published-{today}"
    return f"{assessment.edition.code}-published-{publication.published_at:%Y-%m-%d}"
