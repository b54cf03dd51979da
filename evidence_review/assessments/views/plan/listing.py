"""The plan as a list, as a page to print, and as a file."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_safe

from evidence_review.assessments.levels import Level, levels_of
from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.permissions import user_can_answer
from evidence_review.assessments.plan_filter import PlanFilter, look_on
from evidence_review.assessments.queries.plan import unplanned, visible_actions
from evidence_review.assessments.tally import Tally
from evidence_review.assessments.views.plan.finding import assessment_or_404
from portal.chrome.words import day
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.spreadsheets import SafeSpreadsheetMixin

PAGE = 25
KINDS = (SafeSpreadsheetMixin.FORMAT_XLSX, SafeSpreadsheetMixin.FORMAT_CSV)


@require_safe
@login_required
def plan(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the actions, and what is missing without one."""
    assessment = assessment_or_404(request.user, public_id)
    context = _about(request, assessment)
    found = context["filter"].narrow(_actions(request.user, assessment))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "rows": _rows(page.object_list)}
    return render(request, "assessments/plan/plan.html", context)


@require_safe
@login_required
def printed(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the whole plan on a page to print."""
    assessment = assessment_or_404(request.user, public_id)
    context = _about(request, assessment)
    found = context["filter"].narrow(_actions(request.user, assessment))
    return render(request, "assessments/plan/print.html", context | {"rows": _rows(found)})


def _actions(person: User, assessment: Assessment) -> Any:
    return visible_actions(person).filter(assessment=assessment)


def _rows(actions: Any) -> list[tuple[ImprovementAction, Any]]:
    today = timezone.localdate()
    return [(action, look_on(action, today)) for action in actions]


def _about(request: PersonRequest, assessment: Assessment) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "assessment": assessment,
        "filter": PlanFilter(request.GET, assessment=assessment, today=today),
        "missing": unplanned(assessment, today),
        "needs_plan": level_that_needs_a_plan(assessment),
        "may_plan": user_can_answer(request.user, assessment),
        "now": timezone.now(),
    }


def level_that_needs_a_plan(assessment: Assessment) -> Level | None:
    """Return the level that asks for an action for everything missing, while it can be reached."""
    published = Tally.from_json(assessment.tally).published
    levels = levels_of(assessment.edition.levels)
    wanting = (one for one in levels if one.action_plan and not (one.once_only and published))
    return next(wanting, None)


COLUMNS: dict[str, tuple[str, Callable[[ImprovementAction], str]]] = {
    "ref": ("Reference", lambda one: one.requirement.ref),
    "question": ("Question", lambda one: one.requirement.question_plain),
    "what": ("What will be done", lambda one: one.what),
    "owner": ("Who sees to it", lambda one: one.owner.actor_label),
    "due": ("By when", lambda one: day(one.due)),
    "state": ("State", lambda one: look_on(one, timezone.localdate()).label),
    "outcome": ("What came of it", lambda one: one.outcome),
    "evidence": ("Evidence", lambda one: one.evidence.title if one.evidence else ""),
    "finished": ("Ended", lambda one: day(one.finished_at)),
}
"""Heading and value of each column, in order."""


class PlanAsSpreadsheet(SafeSpreadsheetMixin):
    """Writes actions, one row each."""

    export_headings: ClassVar = {name: heading for name, (heading, _) in COLUMNS.items()}
    list_export: ClassVar = list(COLUMNS)

    def to_row_dict(self, item: ImprovementAction) -> dict[str, object]:
        """Return the cells of one action."""
        return {name: read(item) for name, (_, read) in COLUMNS.items()}


@method_decorator(login_required, name="dispatch")
class PlanDownload(View):
    """The actions as a file, narrowed as the list is."""

    http_method_names = ["get"]

    def get(self, request: PersonRequest, public_id: str, kind: str) -> HttpResponseBase:
        """Give the file."""
        assessment = assessment_or_404(request.user, public_id)
        if kind not in KINDS:
            raise Http404(f"There is no file of the kind “{kind}”. Choose XLSX or CSV.")
        today = timezone.localdate()
        asked = PlanFilter(request.GET, assessment=assessment, today=today)
        found = asked.narrow(_actions(request.user, assessment)).select_related("evidence")
        file = PlanAsSpreadsheet()
        file.export_filename = f"{assessment.edition.code}-improvement-plan-{today}"
        response: HttpResponseBase = file.as_spreadsheet(found, kind)
        response["Cache-Control"] = "no-store"
        return response
