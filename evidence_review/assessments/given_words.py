"""A present answer in words, for somebody who reads it and does not change it."""

from evidence_review.assessments.models import Response
from portal.chrome.words import day
from portal.frameworks.states import AnswerKind


def main_words(response: Response) -> str:
    """Return the answer itself; empty where there is none."""
    if response.not_applicable:
        return f"Not applicable. {response.reason_not_applicable}".strip()
    said = []
    if response.requirement.answer_kind == AnswerKind.YES_NO and response.tick is not None:
        said.append("Yes." if response.tick else "No, not yet.")
    if response.text:
        said.append(response.text)
    return "\n\n".join(said)


def where_words(response: Response) -> str:
    """Return where the document of an answer is kept, and its date; empty where nothing is said."""
    said = [words for words in (response.kept_where, response.link) if words]
    if response.document_date:
        said.append(f"dated {day(response.document_date)}")
    return ", ".join(said)
