"""Beside an answer: choose evidence, give the question to somebody, discuss it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from evidence_review.assessments.actions.assign_response import assign_response
from evidence_review.assessments.actions.link_evidence import link_answer_evidence
from evidence_review.assessments.actions.write_note import write_note
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.forms.answering import AnswerForm, AssignForm, NoteForm, initial_of
from evidence_review.assessments.models import Response
from evidence_review.assessments.permissions import user_can_answer, user_can_run_assessment
from evidence_review.assessments.queries.questions import AsOf
from evidence_review.assessments.queries.resting import as_shown, linkable_to
from evidence_review.assessments.views.answering.drawing import Page, draw
from evidence_review.assessments.views.answering.finding import find_response
from evidence_review.evidence.queries import visible_evidence
from portal.people.answers import require
from portal.people.models import User
from portal.people.queries import people_with_role
from portal.people.requests import PersonRequest
from portal.people.roles import EVIDENCE_WRITERS
from portal.refused import Refused

PAGE = 20


def _question_url(response: Response) -> str:
    address = (response.assessment.public_id, response.requirement.ref)
    return reverse("assessments:question", args=address)


@require_http_methods(["GET", "POST"])
@login_required
def choose_evidence(request: PersonRequest, public_id: str, ref: str) -> HttpResponse:
    """Find evidence that is kept already, and let the answer rest on it."""
    response = find_response(request, public_id, ref)
    require(user_can_answer(request.user, response.assessment))
    status = 200
    if request.method == "POST":
        wanted = request.POST.get("evidence", "").replace("\x00", "")
        chosen = get_object_or_404(visible_evidence(request.user), public_id=wanted)
        try:
            link_answer_evidence(response, chosen, actor=request.user)
        except Refused as refusal:
            messages.error(request, refusal.reason)
            status = refusal.status
        else:
            messages.success(request, f"Linked “{chosen.title}”.")
            return redirect(f"{_question_url(response)}#evidence")
    words = request.GET.get("q", "").replace("\x00", "").strip()
    found = linkable_to(response, request.user, words=words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    months = response.requirement.freshness_months
    context = {
        "response": response,
        "assessment": response.assessment,
        "requirement": response.requirement,
        "page": page,
        "rows": as_shown(list(page.object_list), months, AsOf.now(), request.user),
        "words": words,
    }
    return render(request, "assessments/answering/choose.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def assign(request: PersonRequest, public_id: str, ref: str) -> HttpResponse:
    """Give the question to somebody who may answer it, with a day."""
    response = find_response(request, public_id, ref)
    require(user_can_run_assessment(request.user, response.assessment))
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        people=_who_may_answer(response),
        initial={
            "person": response.assigned_to.public_id if response.assigned_to else "",
            "due": response.due,
        },
    )
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["person"]
        try:
            assign_response(response, chosen, form.cleaned_data["due"], actor=request.user)
        except Refused as refusal:
            form.add_error("person", refusal.reason)
        else:
            messages.success(
                request, f"{chosen} will answer this." if chosen else "Nobody in particular now."
            )
            return redirect(_question_url(response))
    context = {"form": form, "response": response, "requirement": response.requirement}
    status = 400 if form.errors else 200
    return render(request, "assessments/answering/assign.html", context, status=status)


def _who_may_answer(response: Response) -> QuerySet[User]:
    people = people_with_role(EVIDENCE_WRITERS, response.assessment.site)
    return people.order_by("first_name", "last_name", "pk")


@require_POST
@login_required
def note(request: PersonRequest, public_id: str, ref: str) -> HttpResponse:
    """Write a note on an answer."""
    response = find_response(request, public_id, ref)
    form = NoteForm(request.POST)
    if form.is_valid():
        write_note(response, form.cleaned_data["note"], actor=request.user)
        return redirect(f"{_question_url(response)}#discussion")
    kept = AnswerForm(initial=initial_of(response), requirement=response.requirement)
    return draw(request, response, Page(kept, Answer.of(response), note_form=form, status=400))
