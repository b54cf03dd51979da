"""Who decides in whose place: see it, name somebody, end it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.review.actions.end_stand_in import end_stand_in
from evidence_review.review.actions.name_stand_in import Arrangement, name_stand_in
from evidence_review.review.permissions import (
    people_who_can_stand_in,
    people_with_a_right_to_pass_on,
    stand_ins_seen_by,
    user_can_end_stand_in,
    user_can_review,
)
from portal.chrome.dates import DayInput
from portal.people.answers import require
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.refused import Refused

_SHOWN = 200


class PersonField(forms.ModelChoiceField[User]):
    """A choice of people, each with their job title."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name with the job title."""
        return obj.actor_label


class StandInForm(forms.Form):
    """Who, for whom, from when until when."""

    person = PersonField(label="Who is away", queryset=User.objects.none())
    stand_in = PersonField(label="Who decides in their place", queryset=User.objects.none())
    starts = forms.DateField(label="First day", widget=DayInput, initial=timezone.localdate)
    ends = forms.DateField(label="Last day", widget=DayInput)
    reason = forms.CharField(
        label="Reason", max_length=200, required=False, help_text="For example: annual leave."
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_with_a_right_to_pass_on(actor)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a PersonField
        self.fields["person"].initial = actor.pk
        others = people_who_can_stand_in()
        self.fields["stand_in"].queryset = others  # type: ignore[attr-defined]  # a PersonField
        self.use_required_attribute = False


class StandInScreen(WagtailAdminTemplateMixin, View):
    """What the screens about stand-ins share."""

    header_icon = "group"
    request: PersonRequest

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to all evidence."""
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": reverse("review:stand_ins"), "label": "Stand-ins"},
            {"url": "", "label": self.page_title},
        ]

    def page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the screen."""
        context = self.get_context_data(**more)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response


class StandInListView(StandInScreen):
    """The arrangements that hold now or later, and those that are over."""

    template_name = "review/stand_ins.html"
    page_title = "Stand-ins"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show them."""
        require(user_can_review(request.user))
        today = timezone.localdate()
        found = list(stand_ins_seen_by(request.user)[:_SHOWN])
        over = [each for each in found if each.ended_at or each.ends < today]
        current = [
            (each, bool(user_can_end_stand_in(request.user, each)))
            for each in found
            if each not in over
        ]
        return self.page(current=current, over=over)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to all evidence."""
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": "", "label": self.page_title},
        ]


class NameStandInView(StandInScreen):
    """Name somebody."""

    template_name = "review/name_stand_in.html"
    page_title = "Name a stand-in"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form."""
        require(user_can_review(request.user))
        return self.page(form=StandInForm(actor=request.user))

    def post(self, request: PersonRequest) -> HttpResponse:
        """Name them, or show what stood in the way."""
        require(user_can_review(request.user))
        form = StandInForm(request.POST, actor=request.user)
        if not form.is_valid():
            return self.page(form=form, status=400)
        wanted = Arrangement(**form.cleaned_data)
        try:
            made = name_stand_in(wanted, actor=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
            return self.page(form=form, status=refused.status)
        messages.success(request, f"{made.stand_in} can decide in place of {made.person}.")
        return redirect("review:stand_ins")


class EndStandInView(StandInScreen):
    """End an arrangement early."""

    template_name = "review/end_stand_in.html"
    page_title = "End a stand-in"

    def get(self, request: PersonRequest, pk: int) -> HttpResponse:
        """Ask whether to."""
        arrangement = get_object_or_404(stand_ins_seen_by(request.user), pk=pk)
        require(user_can_end_stand_in(request.user, arrangement))
        return self.page(arrangement=arrangement)

    def post(self, request: PersonRequest, pk: int) -> HttpResponse:
        """End it."""
        arrangement = get_object_or_404(stand_ins_seen_by(request.user), pk=pk)
        end_stand_in(arrangement, actor=request.user)
        messages.success(
            request, f"{arrangement.stand_in} no longer decides in place of {arrangement.person}."
        )
        return redirect("review:stand_ins")
