"""Every save of an answer, and everything that was said about it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evidence_review.assessments.answer import FIELDS
from evidence_review.assessments.models import ResponseNote
from evidence_review.assessments.views.answering.finding import find_response
from evidence_review.assessments.views.answering.words import LABELS, in_words
from portal.people.requests import PersonRequest

PAGE = 20


@dataclass(frozen=True)
class Save:
    """One save of an answer: who, when, and what reads differently since the save before."""

    kept: Any
    changes: list[tuple[str, str]]


@require_GET
@login_required
def history(request: PersonRequest, public_id: str, ref: str) -> HttpResponse:
    """Show every save of an answer, newest first, and everything that was said about it."""
    response = find_response(request, public_id, ref)
    rows = response.history.select_related("history_user", "assigned_to", "confirmed_by")
    page = Paginator(rows.order_by("-history_date", "-history_id"), PAGE).get_page(
        request.GET.get("page")
    )
    notes = ResponseNote.objects.filter(response=response).select_related("written_by")
    context = {
        "response": response,
        "requirement": response.requirement,
        "page": page,
        "saves": _saves(list(page.object_list), rows),
        "notes": Paginator(notes.order_by("-written_at", "-pk"), PAGE).get_page(
            request.GET.get("notes")
        ),
    }
    return render(request, "assessments/answering/history.html", context)


def _saves(rows: list[Any], everything: Any) -> list[Save]:
    """Pair each save with the one before it; the page's last asks for one more row."""
    if not rows:
        return []
    older = everything.filter(history_id__lt=rows[-1].history_id).order_by("-history_id").first()
    return [
        Save(row, _changes(row, before))
        for row, before in zip(rows, [*rows[1:], older], strict=True)
    ]


def _changes(row: Any, before: Any) -> list[tuple[str, str]]:
    changes = []
    for name in FIELDS:
        now, then = getattr(row, name), getattr(before, name, None)
        if now != then and not (before is None and now in (None, "", False)):
            changes.append((LABELS[name], in_words(now, nothing="Taken out")))
    if row.assigned_to_id != getattr(before, "assigned_to_id", None):
        changes.append(("Given to", str(row.assigned_to or "nobody in particular")))
    if row.confirmed_at and row.confirmed_at != getattr(before, "confirmed_at", None):
        changes.append(("Confirmed by", row.confirmed_by.actor_label))
    return changes
