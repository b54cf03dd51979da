"""Everything the page of one question shows, in a number of queries that never grows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from evidence_review.assessments.answer import Answer
from evidence_review.assessments.coach import look_at
from evidence_review.assessments.coaching import draft_of
from evidence_review.assessments.forms.answering import AnswerForm, NoteForm
from evidence_review.assessments.levels import levels_of
from evidence_review.assessments.models import Response, ResponseNote
from evidence_review.assessments.permissions import user_can_answer, user_can_run_assessment
from evidence_review.assessments.queries import responses_in_order
from evidence_review.assessments.queries.questions import (
    AsOf,
    last_years_answer,
    place_of,
    sections_of,
)
from evidence_review.assessments.queries.resting import (
    EvidenceShown,
    as_shown,
    resting_on,
    suggested_for,
)
from portal.frameworks.models import Requirement
from portal.people.requests import PersonRequest
from portal.policies.queries import policies_supporting

NOTES_SHOWN = 10
EVIDENCE_SHOWN = 20


@dataclass(frozen=True)
class Page:
    """One drawing of a question's page: ``answer`` is what the coach looks at."""

    form: AnswerForm
    answer: Answer
    is_checked: bool = False
    note_form: NoteForm | None = None
    status: int = 200


def draw(request: PersonRequest, response: Response, page: Page) -> HttpResponse:
    """Draw the page of one question."""
    as_of, assessment = AsOf.now(), response.assessment
    everything = list(responses_in_order(assessment))
    sections = sections_of(assessment, today=as_of.today, until=as_of.until)
    last_year = last_years_answer(response)
    evidence, suggested = _evidence(request, response, as_of)
    draft = draft_of(
        response,
        page.answer,
        evidence=evidence,
        others=everything,
        last_year=last_year,
        as_of=as_of,
    )
    hints = look_at(draft)
    context = {
        "assessment": assessment,
        "response": response,
        "requirement": response.requirement,
        "needed_for": needed_for(response.requirement),
        "look": as_of.look(response),
        "place": place_of(response, everything, sections),
        "form": page.form,
        "note_form": page.note_form or NoteForm(),
        "is_checked": page.is_checked,
        "hints": hints,
        "to_improve": sum(not hint.is_good for hint in hints),
        "evidence": Paginator(evidence, EVIDENCE_SHOWN).get_page(request.GET.get("evidence")),
        "suggested": suggested,
        "policies": policies_supporting(response.requirement, request.user),
        "last_year": last_year,
        "as_of": as_of,
        "may_answer": user_can_answer(request.user, assessment),
        "may_assign": user_can_run_assessment(request.user, assessment),
    } | _notes(response)
    return render(request, "assessments/answering/question.html", context, status=page.status)


def _evidence(
    request: PersonRequest, response: Response, as_of: AsOf
) -> tuple[list[EvidenceShown], list[EvidenceShown]]:
    """Return what the answer rests on and what it might, drawn from the same questions."""
    held = resting_on(response)
    offered = list(suggested_for(response, request.user))
    months = response.requirement.freshness_months
    shown = as_shown([*held, *offered], months, as_of, request.user)
    return shown[: len(held)], shown[len(held) :]


def _notes(response: Response) -> dict[str, Any]:
    """Return the newest notes in the order they were written, and whether there are older ones."""
    newest = ResponseNote.objects.filter(response=response).select_related("written_by")
    found = list(newest.order_by("-written_at", "-pk")[: NOTES_SHOWN + 1])
    return {"notes": found[:NOTES_SHOWN][::-1], "older_notes": len(found) > NOTES_SHOWN}


def needed_for(requirement: Requirement) -> str:
    """Say which levels need the answer: "Needed for Approaching and for Met"."""
    levels = levels_of(requirement.edition.levels)
    # A level that asks for a certificate asks no question of its own.
    names = [
        f"for {level.short_name}"
        for level in levels
        if level.code in requirement.levels and not level.certificate
    ]
    if not names:
        return "Optional: no level needs it"
    *others, last = names
    return f"Needed {', '.join(others)} and {last}" if others else f"Needed {last}"
