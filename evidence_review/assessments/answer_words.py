"""A frozen answer in words: as people read it, and as they type it into the national toolkit."""

from datetime import date

from django.utils.dateparse import parse_datetime

from evidence_review.assessments.models import PublishedAnswer
from portal.chrome.words import day, moment
from portal.frameworks.states import AnswerKind


def words_to_type(published: PublishedAnswer) -> str:
    """Return the answer as it is typed into the national toolkit; empty where there is none."""
    answer = published.answer
    if answer["not_applicable"]:
        return f"Not applicable: {answer['reason_not_applicable']}".rstrip(": ")
    said = []
    if answer["kind"] == AnswerKind.YES_NO and answer["tick"] is not None:
        said.append("Yes" if answer["tick"] else "No")
    if answer["text"]:
        said.append(answer["text"])
    return "\n\n".join(said)


def where_kept(published: PublishedAnswer) -> str:
    """Return where the evidence is kept: what was said of it, then each file by its version."""
    answer = published.answer
    said = [answer["kept_where"], answer["link"]]
    if answer["document_date"]:
        said.append(f"Dated {day(date.fromisoformat(answer['document_date']))}")
    said += [evidence_words(one) for one in published.evidence]
    return "\n".join(line for line in said if line)


def evidence_words(one: dict[str, str | int]) -> str:
    """Return one evidence of an answer in words."""
    if not one["sha256"]:
        return f"{one['title']} (no approved version)"
    return f"{one['title']}, version {one['version']} (SHA-256 {one['sha256']})"


def lines_of(published: PublishedAnswer) -> list[tuple[str, str]]:
    """Return what stands in an answer beside its main words, each with its name."""
    answer = published.answer
    pairs = [
        ("Kept", answer["kept_where"]),
        ("Link", answer["link"]),
        ("Date of the document", answer["document_date"] and _day(answer["document_date"])),
        ("Comment", answer["comment"]),
        ("Answered", _who(answer["answered_by"], answer["answered_at"])),
        ("Confirmed", _who(answer["confirmed_by"], answer["confirmed_at"])),
    ]
    return [(name, words) for name, words in pairs if words]


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _who(label: str, at: str) -> str:
    when = parse_datetime(at) if at else None
    return f"{moment(when)} by {label}" if when else ""
