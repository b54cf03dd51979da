"""The page of a policy, and confirming it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.people.requests import PersonRequest
from portal.policies.models import PolicyVersion
from portal.policies.permissions import user_can_read_versions
from portal.reading.actions.acknowledge import acknowledge
from portal.reading.forms import ConfirmForm
from portal.reading.gone import Withdrawn
from portal.reading.models import How
from portal.reading.queries.policy import open_policy, withdrawn_at
from portal.reading.quiz import quiz_is_passed
from portal.reading.stale import QuizNotPassed, StaleVersion
from portal.reading.standing import Standing
from portal.reading.texts import changes_of, text_of


@require_safe
@login_required
def show(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the policy in force, with what is asked of the reader."""
    try:
        standing = open_policy(slug, request.user)
    except Withdrawn as gone:
        return _withdrawn(request, gone)
    return policy_page(request, standing)


@require_POST
@login_required
def confirm(request: PersonRequest, slug: str) -> HttpResponse:
    """Keep the reader's confirmation of the version they saw, or say why not."""
    standing = open_policy(slug, request.user)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return policy_page(request, standing, form=form, status=400)
    read = standing.page.versions.filter(pk=form.cleaned_data["version"]).first()
    if read is None:
        form.add_error("version", "Open the policy again. That is not a version of it.")
        return policy_page(request, standing, form=form, status=400)
    try:
        acknowledge(read, actor=request.user, how=How.OWN)
    except StaleVersion as stale:
        now = open_policy(slug, request.user)
        return policy_page(request, now, status=stale.status, stale=stale, read=read)
    except QuizNotPassed:
        return redirect("reading:questions", slug)
    return redirect(reverse("reading:policy", args=[slug]) + "#confirm")


def policy_page(
    request: PersonRequest,
    standing: Standing,
    *,
    form: ConfirmForm | None = None,
    status: int = 200,
    stale: StaleVersion | None = None,
    read: PolicyVersion | None = None,
) -> HttpResponse:
    """Return the page. ``read`` is what the reader had before them when it was replaced."""
    older = read or (standing.last.version if standing.last else None)
    changed = older is not None and older.number < standing.version.number
    context: dict[str, Any] = {
        "standing": standing,
        "page": standing.page,
        "version": standing.version,
        "text": text_of(standing.version),
        "older": older if changed else None,
        "changes": changes_of(older, standing.version) if older and changed else None,
        "needs_quiz": standing.is_asked
        and standing.has_quiz
        and not quiz_is_passed(standing.page, standing.version, request.user),
        "form": form,
        "stale": stale,
    }
    return render(request, "reading/policy.html", context, status=status)


def _withdrawn(request: PersonRequest, gone: Withdrawn) -> HttpResponse:
    context = {
        "page": gone.page,
        "since": withdrawn_at(gone.page),
        "may_see_versions": user_can_read_versions(request.user, gone.page),
    }
    return render(request, "reading/withdrawn.html", context, status=gone.status)
