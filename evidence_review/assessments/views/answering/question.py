"""One question: answer it, let the coach look at it, save it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from evidence_review.assessments.actions.link_evidence import (
    link_answer_evidence,
    unlink_answer_evidence,
)
from evidence_review.assessments.actions.save_answer import AnswerChangedMeanwhile, save_answer
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.forms.answering import AnswerForm, initial_of
from evidence_review.assessments.models import Response
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.assessments.queries import responses_in_order
from evidence_review.assessments.queries.questions import AsOf, last_years_answer, sections_of
from evidence_review.assessments.states import Standing
from evidence_review.assessments.views.answering.conflict import draw_conflict, joined
from evidence_review.assessments.views.answering.drawing import Page, draw
from evidence_review.assessments.views.answering.finding import find_response
from evidence_review.evidence.queries import visible_evidence
from portal.frameworks.states import AnswerKind
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


@method_decorator(login_required, name="dispatch")
class Question(View):
    """The page of one question. Each of its buttons sends the whole form, so nothing is lost.

    ``then`` says what to do: ``check`` and ``last_year`` draw the page again without saving; all
    others save first: ``next`` confirms as well, ``later``, ``upload`` and ``choose`` lead on, and
    the buttons named ``link`` and ``unlink`` carry an evidence.
    """

    def get(self, request: PersonRequest, public_id: str, ref: str) -> HttpResponse:
        """Show the question with the answer that is kept."""
        response = find_response(request, public_id, ref)
        form = AnswerForm(initial=initial_of(response), requirement=response.requirement)
        return draw(request, response, Page(form, Answer.of(response)))

    def post(self, request: PersonRequest, public_id: str, ref: str) -> HttpResponse:
        """Do what the button said."""
        response = find_response(request, public_id, ref)
        require(user_can_answer(request.user, response.assessment))
        then = request.POST.get("then", "")
        if then == "both":
            data = joined(request.POST, response)
            form = AnswerForm(data, requirement=response.requirement)
            form.is_valid()
            return draw_conflict(request, response, form)
        if then == "last_year":
            return self._start_from_last_year(request, response)
        form = AnswerForm(request.POST, requirement=response.requirement)
        if not form.is_valid():
            return draw(request, response, Page(form, Answer.of(response), status=400))
        answer = form.answer(Answer.of(response))
        if then == "check":
            return draw(request, response, Page(form, answer, is_checked=True))
        return self._save(request, response, form, answer)

    def _save(
        self, request: PersonRequest, response: Response, form: AnswerForm, answer: Answer
    ) -> HttpResponse:
        then = request.POST.get("then", "")
        revision = form.cleaned_data["revision"]
        try:
            saved = save_answer(
                response, answer, revision=revision, confirm=then == "next", actor=request.user
            )
        except AnswerChangedMeanwhile as refusal:
            return draw_conflict(request, refusal.current, form, refusal.reason)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
            return draw(request, response, Page(form, answer, status=refusal.status))
        _link_or_unlink(request, saved)
        return _lead_on(request, saved, then)

    def _start_from_last_year(self, request: PersonRequest, response: Response) -> HttpResponse:
        """Put last year's words into the form, under what is typed there. Nothing is saved."""
        earlier = last_years_answer(response)
        data = request.POST.copy()
        if earlier is not None:
            _fill(data, earlier)
        form = AnswerForm(data, requirement=response.requirement)
        typed = form.answer(Answer.of(response)) if form.is_valid() else Answer.of(response)
        status = 200 if form.is_valid() else 400
        return draw(request, response, Page(form, typed, is_checked=True, status=status))


def _fill(data: QueryDict, earlier: Response) -> None:
    """Fill empty fields with last year's values; add its words under those that were typed."""
    initial = initial_of(earlier)
    day = initial.pop("document_date")
    boxes = [f"document_date_{part}" for part in ("day", "month", "year")]
    if day and not any(data.get(box) for box in boxes):
        data.update(dict(zip(boxes, (str(day.day), str(day.month), str(day.year)), strict=True)))
    for name in ("tick", "kept_where", "link", "reason_not_applicable"):
        if initial[name] and not data.get(name):
            data[name] = str(initial[name])
    typed, before = data.get("text", "").strip(), earlier.text.strip()
    if before and before not in typed:
        data["text"] = "\n\n".join(part for part in (typed, before) if part)


def _link_or_unlink(request: PersonRequest, response: Response) -> None:
    """Do what a button beside an evidence asked for, if it was such a button."""
    link, unlink = (request.POST.get(name, "").replace("\x00", "") for name in ("link", "unlink"))
    try:
        if link and (found := visible_evidence(request.user).filter(public_id=link).first()):
            link_answer_evidence(response, found, actor=request.user)
            messages.success(request, f"Linked “{found.title}”. What you wrote is saved too.")
        if unlink and (held := response.evidence.filter(public_id=unlink).first()):
            unlink_answer_evidence(response, held, actor=request.user)
            messages.success(request, f"Unlinked “{held.title}”. It is still kept.")
    except Refused as refusal:
        messages.error(request, refusal.reason)


def _address(response: Response) -> tuple[str, str]:
    return response.assessment.public_id, response.requirement.ref


def _lead_on(request: PersonRequest, response: Response, then: str) -> HttpResponse:
    here = reverse("assessments:question", args=_address(response))
    if then == "upload":
        return redirect(f"{reverse('evidence:add')}?{_for_upload(response, here)}")
    if then == "choose":
        return redirect("assessments:choose_evidence", *_address(response))
    if then == "next":
        return _go_on(request, response)
    if then == "later":
        messages.success(request, f"Saved. Question {response.requirement.ref} is not confirmed.")
        return redirect(_section_url(response))
    return redirect(f"{here}#evidence")


def _for_upload(response: Response, here: str) -> str:
    site = response.assessment.site
    asked = {
        "requirement": response.requirement.code,
        "site": site.public_id if site else "all",
        "next": f"{here}#evidence",
    }
    return urlencode(asked)


def _go_on(request: PersonRequest, response: Response) -> HttpResponse:
    """Say how the answer stands now, and show the next question of the section."""
    _say_how_it_stands(request, response)
    section = response.requirement.section
    later = responses_in_order(response.assessment).filter(
        requirement__section=section, requirement__position__gt=response.requirement.position
    )
    following = later.first()
    if following is None:
        return redirect(_section_url(response))
    return redirect(
        "assessments:question", response.assessment.public_id, following.requirement.ref
    )


def _say_how_it_stands(request: PersonRequest, response: Response) -> None:
    ref, word = response.requirement.ref, AsOf.now().look(response).label.lower()
    if response.answered_at is None:
        messages.info(request, f"Question {ref} has no answer yet. You can come back to it.")
    elif response.confirmed_at is None:
        missing = "yes or no" if response.requirement.answer_kind == AnswerKind.YES_NO else "words"
        messages.warning(
            request, f"Question {ref} is saved, but not confirmed: the answer needs {missing}."
        )
    elif response.standing == Standing.COMPLETE:
        messages.success(request, f"Question {ref} is saved and confirmed: {word}.")
    else:
        messages.success(
            request,
            f"Question {ref} is saved and confirmed. It stays in progress until the answer says "
            "that it is done and everything it rests on is approved.",
        )


def _section_url(response: Response) -> str:
    as_of = AsOf.now()
    sections = sections_of(response.assessment, today=as_of.today, until=as_of.until)
    number = next(one.number for one in sections if one.name == response.requirement.section)
    return reverse("assessments:section", args=(response.assessment.public_id, number))
