"""The sites that head office answers for, and what is different at them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence_review.assessments.forms.sites import words_of
from evidence_review.assessments.permissions import user_can_answer, user_can_run_assessment
from evidence_review.assessments.queries.coverage import site_standings
from evidence_review.assessments.queries.site_answers import differences, visible_coverage
from evidence_review.assessments.sameness import QUESTIONS, answers_of, why_not
from evidence_review.assessments.views.sites.finding import head_office_or_404
from portal.people.requests import PersonRequest

PAGE = 25


@require_safe
@login_required
def sites(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the four answers, what is different where, and how far each site is."""
    assessment = head_office_or_404(request.user, public_id)
    about, named = words_of(request.GET.get("about", "")), words_of(request.GET.get("named", ""))
    different = Paginator(differences(assessment, request.user, about), PAGE)
    covered = (
        visible_coverage(request.user).filter(assessment=assessment).order_by("site__name", "pk")
    )
    for word in named.split():
        covered = covered.filter(site__name__icontains=word)
    page = Paginator(covered, PAGE).get_page(request.GET.get("page"))
    answers = answers_of(assessment)
    context = {
        "assessment": assessment,
        "same": [(question, answers[question.name]) for question in QUESTIONS],
        "why_not": why_not(assessment),
        "may_run": user_can_run_assessment(request.user, assessment),
        "may_plan": user_can_answer(request.user, assessment),
        "differences": different.get_page(request.GET.get("d")),
        "about": about,
        "page": page,
        "standings": site_standings([assessment], sites=[row.site_id for row in page.object_list]),
        "named": named,
    }
    return render(request, "assessments/sites/sites.html", context)
