"""Last year's answers as the beginnings of this year's. Pure; no text is ever dropped."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from evidence_review.assessments.answer import Answer
from evidence_review.assessments.models import Response
from portal.chrome.words import day
from portal.frameworks.models import Requirement

Value = TypeVar("Value")
_SHARED = ("tick", "kept_where", "link", "document_date")
"""What several answers keep in its own field only where all of them that say it say the same."""
_EMPTY = Answer()


def has_content(response: Response) -> bool:
    """Tell whether somebody said anything in this answer."""
    return Answer.of(response) != _EMPTY


def carried_answer(sources: Sequence[Response], to: Requirement) -> Answer:
    """Return what the sources say as one answer to ``to``, which may have joined several.

    One answer stays as it is. Several are written into the text under their references. "Not
    applicable" stays only where the new question allows it; its reason is kept in any case.
    """
    said = [one for one in sources if has_content(one)]
    if not said:
        return _EMPTY
    answer = Answer.of(said[0]) if len(said) == 1 else _joined(said)
    if answer.not_applicable and not to.na_allowed:
        reason = f"Not applicable before: {answer.reason_not_applicable}"
        answer = replace(
            answer,
            not_applicable=False,
            reason_not_applicable="",
            text=_paragraphs([answer.text, reason]),
        )
    return answer


def _joined(sources: Sequence[Response]) -> Answer:
    shared = {name: _same(getattr(one, name) for one in sources) for name in _SHARED}
    not_applicable = all(one.not_applicable for one in sources)
    return Answer(
        text=_under_headings(
            (one, _account(one, shared, with_reason=not not_applicable)) for one in sources
        ),
        tick=shared["tick"],
        kept_where=shared["kept_where"] or "",
        link=shared["link"] or "",
        document_date=shared["document_date"],
        not_applicable=not_applicable,
        reason_not_applicable=(
            _paragraphs(dict.fromkeys(one.reason_not_applicable for one in sources))
            if not_applicable
            else ""
        ),
        comment=_under_headings((one, one.comment) for one in sources),
    )


def _same(values: Iterable[Value]) -> Value | None:
    """Return the one value that is there, or ``None`` when there are several."""
    found = {value for value in values if value not in (None, "")}
    return found.pop() if len(found) == 1 else None


def _account(source: Response, shared: dict[str, object], *, with_reason: bool) -> str:
    """Write what an answer says and no field of its own can keep."""
    lines = []
    if source.tick is not None and shared["tick"] is None:
        lines.append("Yes." if source.tick else "No.")
    lines.append(source.text)
    if not shared["kept_where"] and source.kept_where:
        lines.append(f"Kept: {source.kept_where}")
    if not shared["link"] and source.link:
        lines.append(f"Link: {source.link}")
    if not shared["document_date"] and source.document_date:
        lines.append(f"Dated {day(source.document_date)}")
    if with_reason and source.reason_not_applicable:
        lines.append(f"Not applicable: {source.reason_not_applicable}")
    return "\n".join(line for line in lines if line)


def _under_headings(accounts: Iterable[tuple[Response, str]]) -> str:
    """Put texts under the reference and title of their questions; the same text once."""
    kept: dict[str, Response] = {}
    for source, words in accounts:
        if words.strip():
            kept.setdefault(words, source)
    if len(kept) == 1:
        return next(iter(kept))
    return "\n\n".join(
        f"{source.requirement.ref} {source.requirement.title}\n{words}"
        for words, source in kept.items()
    )


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text.strip())
