"""Who must look at which kind of evidence: see it, set it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.evidence.models import EvidenceType
from evidence_review.review.actions.set_route import (
    LARGEST_QUORUM,
    MOST_STEPS,
    WantedStep,
    set_route,
)
from evidence_review.review.permissions import user_can_configure_routes
from evidence_review.review.steps import DECIDING_ROLES, Step, all_routes
from portal.people.answers import require
from portal.people.queries import people_with_role
from portal.people.requests import PersonRequest
from portal.people.roles import Role
from portal.refused import Refused

_EMPTY_STEPS = 2
THE_REST = "all-others"
"""Stands in the address for the route of every type that has none of its own."""


class StepForm(forms.Form):
    """One step. A step without a name is left out."""

    name = forms.CharField(
        label="What happens in this step", max_length=100, required=False, strip=True
    )
    role = forms.TypedChoiceField(
        label="Who looks",
        coerce=Role,
        choices=[(role.value, role.label) for role in Role if role in DECIDING_ROLES],
    )
    quorum = forms.IntegerField(
        label="How many of them", min_value=1, max_value=LARGEST_QUORUM, initial=1
    )


StepFormSet = formset_factory(StepForm, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS)


class RouteListView(WagtailAdminTemplateMixin, View):
    """Every kind of evidence with the steps it goes through."""

    template_name = "review/routes.html"
    page_title = "Review steps"
    header_icon = "tasks"
    request: PersonRequest

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the list."""
        require(user_can_configure_routes(request.user))
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to all evidence."""
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the routes and the kinds."""
        routes = all_routes()
        kinds = [(kind, routes.own.get(kind.pk, ())) for kind in EvidenceType.objects.all()]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "the_rest": THE_REST,
            "steps_of_the_rest": routes.of_the_rest,
            "kinds": kinds,
            "too_few": too_few(routes.all_steps()),
        }


def too_few(steps: list[Step]) -> list[str]:
    """Return a sentence for each role of which a step asks for more people than there are."""
    wanted: dict[Role, int] = {}
    for step in steps:
        wanted[step.role] = max(wanted.get(step.role, 0), step.quorum)
    sentences = []
    for role, quorum in wanted.items():
        # One more than the quorum: whoever uploaded the file is not among those who decide.
        there = people_with_role({role}).count()
        if there <= quorum:
            sentences.append(
                f"{role.label}s for every site: {there}. A step asks for {quorum}, and whoever "
                "uploaded the file may not be one of them. Ask a portal administrator for more."
            )
    return sentences


class RouteView(WagtailAdminTemplateMixin, View):
    """The steps of one kind of evidence."""

    template_name = "review/route.html"
    header_icon = "tasks"
    request: PersonRequest
    kind: EvidenceType | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the kind."""
        code = kwargs["code"]
        self.kind = None if code == THE_REST else get_object_or_404(EvidenceType, code=code)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: PersonRequest, code: str) -> HttpResponse:
        """Show the steps."""
        require(user_can_configure_routes(request.user))
        return self._page(StepFormSet(initial=self._initial()))

    def post(self, request: PersonRequest, code: str) -> HttpResponse:
        """Set the steps, or show what is wrong with them."""
        require(user_can_configure_routes(request.user))
        formset = StepFormSet(request.POST)
        if not formset.is_valid():
            return self._page(formset, status=400, error="Check the steps below.")
        wanted = [
            WantedStep(
                form.cleaned_data["name"], form.cleaned_data["role"], form.cleaned_data["quorum"]
            )
            for form in formset
            if form.cleaned_data.get("name")
        ]
        try:
            route = set_route(self.kind, wanted, actor=request.user)
        except Refused as refused:
            return self._page(formset, status=refused.status, error=refused.reason)
        name = self.get_page_title()
        if route is None:
            messages.success(request, f"{name}: no steps of their own any more.")
        else:
            messages.success(request, f"{name}: the steps are kept. They hold from now on.")
        return redirect("review:routes")

    def _initial(self) -> list[dict[str, Any]]:
        routes = all_routes()
        steps = routes.of_the_rest if self.kind is None else routes.own.get(self.kind.pk, ())
        known = [{"name": s.name, "role": s.role, "quorum": s.quorum} for s in steps]
        empty = {"name": "", "role": Role.IG_LEAD, "quorum": 1}
        return known + [empty] * min(MOST_STEPS - len(known), _EMPTY_STEPS)

    def _page(self, formset: Any, *, status: int = 200, error: str = "") -> HttpResponse:
        context = self.get_context_data(formset=formset, error=error, kind=self.kind)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response

    def get_page_title(self) -> str:
        """Return the kind of evidence."""
        return self.kind.name if self.kind else "Every other kind"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the list of steps."""
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": reverse("review:routes"), "label": "Review steps"},
            {"url": "", "label": self.get_page_title()},
        ]
