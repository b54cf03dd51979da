"""Two people wrote one answer at once: show both, and lose neither."""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from evidence_review.assessments.answer import FIELDS, Answer
from evidence_review.assessments.forms.answering import AnswerForm
from evidence_review.assessments.models import Response
from evidence_review.assessments.views.answering.words import LABELS, in_words
from portal.people.requests import PersonRequest

WRITTEN = ("text", "reason_not_applicable", "comment")


@dataclass(frozen=True)
class Difference:
    """One field that reads differently in the two answers."""

    label: str
    theirs: str
    mine: str


def draw_conflict(
    request: PersonRequest, current: Response, form: AnswerForm, reason: str = ""
) -> HttpResponse:
    """Show what is kept now beside what was typed, and a form that begins with what was typed."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["revision"] = str(current.revision)
    again = AnswerForm(data, requirement=current.requirement)
    kept = Answer.of(current)
    mine = again.answer(kept) if again.is_valid() else kept
    context = {
        "assessment": current.assessment,
        "response": current,
        "requirement": current.requirement,
        "form": again,
        "reason": reason,
        "differences": _differences(kept, mine, again),
    }
    return render(request, "assessments/answering/conflict.html", context, status=409)


def joined(typed: QueryDict, current: Response) -> QueryDict:
    """Return what was typed with the kept words above it, where they differ."""
    data = typed.copy()
    for name in WRITTEN:
        theirs, mine = getattr(current, name).strip(), data.get(name, "").strip()
        if theirs and theirs not in mine.replace("\r\n", "\n"):
            data[name] = "\n\n".join(part for part in (theirs, mine) if part)
    return data


def _differences(kept: Answer, mine: Answer, form: AnswerForm) -> list[Difference]:
    return [
        Difference(
            label=LABELS[name],
            theirs=in_words(getattr(kept, name), nothing="Nothing"),
            mine=in_words(getattr(mine, name), nothing="Nothing"),
        )
        for name in FIELDS
        if name in form.fields and getattr(kept, name) != getattr(mine, name)
    ]
