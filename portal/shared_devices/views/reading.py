"""What somebody does on a shared tablet: see what is to be read, read it, confirm it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from portal.policies.models import PolicyVersion
from portal.reading.actions.acknowledge import acknowledge
from portal.reading.forms import ConfirmForm
from portal.reading.models import How
from portal.reading.queries.own import policies_with_own_reading, to_read
from portal.reading.queries.policy import open_policy
from portal.reading.quiz import quiz_is_passed
from portal.reading.stale import QuizNotPassed, StaleVersion
from portal.reading.standing import Standing
from portal.reading.texts import changes_of, text_of
from portal.refused import Refused
from portal.shared_devices.limits import READING
from portal.shared_devices.views.page import Here, person_page


@require_GET
@person_page()
def mine(request: HttpRequest, here: Here) -> HttpResponse:
    """List what the person is asked to read, and what they have confirmed."""
    context = {
        "here": here,
        "to_read": to_read(here.person),
        "confirmed": policies_with_own_reading(here.person)
        .filter(is_confirmed=True)
        .order_by("title"),
    }
    return render(request, "shared_devices/mine.html", context)


@require_GET
@person_page(READING)
def read(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Show a policy in force, with what changed since the person confirmed it last."""
    try:
        standing = open_policy(slug, here.person)
    except Refused as refused:
        return refused_page(request, here, refused)
    return _policy(request, here, standing)


@require_POST
@person_page(READING)
def confirm(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Keep the person's own confirmation of the version they saw, or say why not."""
    try:
        return _confirm(request, here, slug)
    except Refused as refused:
        return refused_page(request, here, refused)


def _confirm(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    standing = open_policy(slug, here.person)
    form = ConfirmForm(request.POST)
    seen = _seen(standing, form)
    if seen is None:
        return _policy(request, here, standing, form=form, status=400)
    try:
        acknowledge(
            seen,
            actor=here.person,
            how=How.SHARED_DEVICE,
            device_ref=here.device.public_id,
        )
    except StaleVersion as stale:
        now = open_policy(slug, here.person)
        return _policy(request, here, now, status=stale.status, stale=stale, older=seen)
    except QuizNotPassed:
        return redirect("shared_devices:questions", slug)
    return redirect("shared_devices:confirmed", slug)


def _seen(standing: Standing, form: ConfirmForm) -> PolicyVersion | None:
    """Return the version a valid form names; else None, and the form says what is wrong."""
    if not form.is_valid():
        return None
    seen: PolicyVersion | None = standing.page.versions.filter(
        pk=form.cleaned_data["version"]
    ).first()
    if seen is None:
        form.add_error("version", "Open the policy again. That is not a version of it.")
    return seen


@require_GET
@person_page()
def confirmed(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Say what was confirmed, and offer the next policy or the next person."""
    try:
        standing = open_policy(slug, here.person)
    except Refused as refused:
        return refused_page(request, here, refused)
    if standing.kept is None:
        return redirect("shared_devices:read", slug)
    context = {"here": here, "standing": standing, "to_read": to_read(here.person)}
    return render(request, "shared_devices/confirmed.html", context)


def _policy(
    request: HttpRequest,
    here: Here,
    standing: Standing,
    *,
    form: ConfirmForm | None = None,
    status: int = 200,
    stale: StaleVersion | None = None,
    older: PolicyVersion | None = None,
) -> HttpResponse:
    """Return the page. ``older`` is what the person had before them when it was replaced."""
    version = standing.version
    older = older or (standing.last.version if standing.last else None)
    changed = older is not None and older.number < version.number
    context: dict[str, Any] = {
        "here": here,
        "standing": standing,
        "page": standing.page,
        "version": version,
        "text": text_of(version),
        "older": older if changed else None,
        "changes": changes_of(older, version) if older and changed else None,
        "needs_quiz": standing.is_asked and not quiz_is_passed(standing.page, version, here.person),
        "form": form,
        "stale": stale,
    }
    return render(request, "shared_devices/policy.html", context, status=status)


def refused_page(request: HttpRequest, here: Here, refused: Refused) -> HttpResponse:
    """Say why, on a page of the tablet."""
    context = {"here": here, "reason": refused.reason}
    return render(request, "shared_devices/refused.html", context, status=refused.status)
