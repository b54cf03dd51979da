"""Who holds which duty: see it, say it, correct it, end it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evidence_review.assessments.actions.named_people import (
    change_named_person,
    end_duty,
    name_person,
)
from evidence_review.assessments.duties import MEANS, NEEDED
from evidence_review.assessments.forms.named_people import EndDutyForm, NamedPersonForm
from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.permissions import user_can_name_people, user_can_set_up
from evidence_review.assessments.queries.named_people import (
    not_over_on,
    sites_to_name_for,
    sites_without_manager,
    visible_named_people,
)
from evidence_review.assessments.states import Duty
from evidence_review.assessments.views.setting_up import PEOPLE, show_step
from evidence_review.evidence.queries import visible_evidence
from portal.chrome.forms import PlainForm
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused

_BEFORE_AT_MOST = 50
_SITES_NAMED = 5


@require_GET
@login_required
def named_people(request: PersonRequest) -> HttpResponse:
    """Show each duty with who holds it today, and who held one before."""
    require(user_can_set_up(request.user))
    today = timezone.localdate()
    seen = visible_named_people(request.user)
    holders: dict[str, list[NamedPerson]] = {}
    for named in seen.filter(not_over_on(today)).order_by("site__name", "starts", "pk"):
        holders.setdefault(named.duty, []).append(named)
    theirs = sites_to_name_for(request.user).values("pk")
    lacking = sites_without_manager(today).filter(pk__in=theirs).order_by("name")
    return show_step(
        request,
        PEOPLE,
        "people",
        duties=[(duty, means, holders.get(duty, [])) for duty, means in MEANS.items()],
        needed=NEEDED,
        may_see=_evidence_seen(request, seen),
        before=seen.filter(ends__lt=today).order_by("-ends", "pk")[:_BEFORE_AT_MOST],
        managers=Duty.REGISTERED_MANAGER,
        lacking=lacking[:_SITES_NAMED],
        lacking_count=lacking.count(),
        today=today,
    )


def _evidence_seen(request: PersonRequest, seen: QuerySet[NamedPerson]) -> set[int]:
    """Return the ids of the evidence of duties that the person may open."""
    shown = seen.filter(evidence__isnull=False).values("evidence")
    return set(visible_evidence(request.user).filter(pk__in=shown).values_list("pk", flat=True))


@require_http_methods(["GET", "POST"])
@login_required
def name_somebody(request: PersonRequest, duty: str) -> HttpResponse:
    """Say who holds a duty."""
    require(user_can_set_up(request.user))
    if duty not in Duty.values:
        raise Http404("There is no such duty.")
    asked = Duty(duty)
    form = NamedPersonForm(_sent(request), duty=asked, actor=request.user)
    if form.is_valid():
        try:
            named = name_person(asked, form.details(), actor=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"{named} is named: {asked.label}.")
            return redirect(PEOPLE.url)
    return _show_form(request, form, "person", duty=asked, means=MEANS[asked])


@require_http_methods(["GET", "POST"])
@login_required
def change(request: PersonRequest, public_id: str) -> HttpResponse:
    """Correct what is known of a named person."""
    named = _find(request, public_id)
    duty = Duty(named.duty)
    form = NamedPersonForm(_sent(request), duty=duty, actor=request.user, held=named)
    if form.is_valid():
        try:
            changed = change_named_person(named, form.details(), actor=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"The details of {changed} are saved.")
            return redirect(PEOPLE.url)
    return _show_form(request, form, "person", duty=duty, means=MEANS[duty], named=named)


@require_http_methods(["GET", "POST"])
@login_required
def end(request: PersonRequest, public_id: str) -> HttpResponse:
    """Say when a duty ended."""
    named = _find(request, public_id)
    initial = {"last_day": timezone.localdate()}
    form = EndDutyForm(_sent(request), initial=initial)
    if form.is_valid():
        try:
            end_duty(named, form.cleaned_data["last_day"], actor=request.user)
        except Refused as refused:
            form.add_error("last_day", refused.reason)
        else:
            messages.success(request, f"The last day of {named} is saved.")
            return redirect(PEOPLE.url)
    return _show_form(request, form, "end", duty=Duty(named.duty), named=named)


def _sent(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _find(request: PersonRequest, public_id: str) -> NamedPerson:
    """Return a named person whom the person may change."""
    require(user_can_set_up(request.user))
    named = get_object_or_404(visible_named_people(request.user), public_id=public_id)
    require(user_can_name_people(request.user, named.site))
    return named


def _show_form(
    request: PersonRequest, form: PlainForm, template: str, **content: Any
) -> HttpResponse:
    status = 400 if form.errors else 200
    return show_step(request, PEOPLE, template, status=status, form=form, **content)
