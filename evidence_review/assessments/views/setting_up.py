"""Setting up, one question at a time: who we are, where, who holds a duty, what to have at hand."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from evidence_review.assessments.at_hand import DOCUMENTS, DONE, TO_DO, Fact, facts
from evidence_review.assessments.permissions import user_can_set_up, user_can_start_somewhere
from evidence_review.evidence.states import Look
from portal.accounts.codes import what_surprises_about
from portal.accounts.place_forms import OrganisationForm, SiteForm
from portal.people.actions.place import PlaceTaken, add_site, set_organisation
from portal.people.answers import require
from portal.people.models import Site
from portal.people.permissions import user_can_manage_sites
from portal.people.queries import the_organisation
from portal.people.requests import PersonRequest

_SITES_ON_A_PAGE = 25


@dataclass(frozen=True)
class Step:
    """One step: its number, what it is called, the page, and the facts that make it done."""

    number: int
    title: str
    why: str
    name: str
    codes: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(f"assessments:{self.name}")

    def look(self, found: list[Fact]) -> Look:
        """Return how it stands."""
        mine = [fact for fact in found if fact.code in self.codes]
        return DONE if all(fact.is_there for fact in mine) else TO_DO


ORGANISATION, SITES, PEOPLE, AT_HAND = STEPS = (
    Step(
        1,
        "Your organisation",
        "Its name, its ODS code and its ICO number.",
        "set_up_organisation",
        ("organisation",),
    ),
    Step(2, "Your sites", "Each home or office, with its codes.", "set_up_sites", ("sites",)),
    Step(
        3,
        "Who is responsible",
        "The people you must be able to name, like the DSPT lead.",
        "set_up_people",
        ("duties", "managers"),
    ),
    Step(
        4,
        "What to have at hand",
        "A short list. At its end you start the assessment.",
        "set_up_at_hand",
        ("started",),
    ),
)


def show_step(
    request: PersonRequest, step: Step, template: str, *, status: int = 200, **content: Any
) -> HttpResponse:
    """Return the page of a step, with where one is and where one goes on."""
    after = next((one for one in STEPS if one.number == step.number + 1), None)
    context = {"step": step, "steps": STEPS, "after": after, "form": None} | content
    return render(request, f"assessments/set_up/{template}.html", context, status=status)


@require_GET
@login_required
def set_up(request: PersonRequest) -> HttpResponse:
    """Show the steps, and how each stands: here one begins, and comes back to."""
    require(user_can_set_up(request.user))
    found = facts()
    rows = [(step, step.look(found)) for step in STEPS]
    first = next((step for step, look in rows if look is TO_DO), AT_HAND)
    return render(request, "assessments/set_up/index.html", {"rows": rows, "first": first})


@require_http_methods(["GET", "POST"])
@login_required
def organisation(request: PersonRequest) -> HttpResponse:
    """Ask who the provider is; show it to those who may not change it."""
    require(user_can_set_up(request.user))
    found, may_change = the_organisation(), user_can_manage_sites(request.user)
    sent = request.POST if request.method == "POST" else None
    form = OrganisationForm(sent, organisation=found)
    if request.method == "POST":
        require(may_change)
        if form.is_valid():
            saved = set_organisation(form.cleaned_data, actor=request.user)
            messages.success(request, "The details of your organisation are saved.")
            return redirect((ORGANISATION if what_surprises_about(saved) else SITES).url)
    return show_step(
        request,
        ORGANISATION,
        "organisation",
        status=400 if form.errors else 200,
        form=form,
        organisation=found,
        surprises=what_surprises_about(found) if found and not form.is_bound else [],
        may_change=bool(may_change),
    )


@require_http_methods(["GET", "POST"])
@login_required
def sites(request: PersonRequest) -> HttpResponse:
    """List the sites with what is missing, and add one after the other."""
    require(user_can_set_up(request.user))
    owner, may_change = the_organisation(), user_can_manage_sites(request.user)
    if owner is None:
        messages.info(request, "First say who you are. Then add your sites.")
        return redirect(ORGANISATION.url)
    form = SiteForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        require(may_change)
        status = 400
        if form.is_valid():
            try:
                site = add_site(owner, form.cleaned_data, actor=request.user)
            except PlaceTaken as refused:
                form.add_error("name", refused.reason)
                status = refused.status
            else:
                messages.success(request, f"{site} is added. Add another, or go on.")
                return redirect(SITES.url)
    everywhere = Site.objects.filter(is_active=True).order_by("name", "pk")
    page = Paginator(everywhere, _SITES_ON_A_PAGE).get_page(request.GET.get("page"))
    return show_step(
        request,
        SITES,
        "sites",
        status=status,
        form=form,
        page=page,
        rows=[(site, what_is_missing_of(site)) for site in page],
        may_change=bool(may_change),
    )


def what_is_missing_of(site: Site) -> list[str]:
    """Return a sentence for each code that is missing or surprises."""
    missing = []
    if not site.ods_code:
        missing.append("Its ODS code is not known yet.")
    if not site.cqc_location_id:
        missing.append("Its CQC location ID is not known yet.")
    return missing + what_surprises_about(site)


@require_GET
@login_required
def at_hand(request: PersonRequest) -> HttpResponse:
    """Show what to have at hand; at its end the assessment is started."""
    require(user_can_set_up(request.user))
    return show_step(
        request,
        AT_HAND,
        "at_hand",
        facts=facts(),
        documents=DOCUMENTS,
        may_start=user_can_start_somewhere(request.user),
    )
