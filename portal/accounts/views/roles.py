"""Give a role, and end one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from portal.accounts.person_forms import EndRoleForm, RoleForm
from portal.accounts.queries import count_who_can_sign_in_as
from portal.accounts.role_words import AFTER
from portal.accounts.views.screens import OnePerson
from portal.chrome.words import day
from portal.people.actions.membership import end_membership, grant_membership
from portal.people.models import Membership, User
from portal.people.permissions import user_can_enter_admin, user_can_manage_people
from portal.people.requests import PersonRequest
from portal.people.roles import Role
from portal.refused import Refused


class GiveRoleView(OnePerson):
    """Give a role to somebody who is here already."""

    template_name = "accounts/admin/give_role.html"
    page_title = "Give a role"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show the form."""
        return self.show(form=RoleForm())

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Give it."""
        form = RoleForm(request.POST)
        if not form.is_valid():
            return self.show(status=400, form=form)
        first = form.first_role()
        try:
            given = grant_membership(
                self.person,
                first.role,
                site=first.site,
                starts=form.cleaned_data["starts"],
                ends=form.cleaned_data["ends"],
                actor=request.user,
            )
        except Refused as refused:
            return self.show_refused(form, refused, "role")
        later = f" from {day(given.starts)}" if given.starts > timezone.localdate() else ""
        messages.success(request, f"{self.person} is {given}{later}.")
        return redirect(self.person_url())


class EndRoleView(OnePerson):
    """End a role, with what follows from it said first."""

    template_name = "accounts/admin/end_role.html"
    page_title = "End a role"

    @cached_property
    def membership(self) -> Membership:
        """The role, while it can still be ended."""
        running = self.person.memberships.exclude(ends__lt=timezone.localdate())
        return get_object_or_404(running.select_related("site"), pk=self.kwargs["pk"])

    def get(self, request: PersonRequest, public_id: str, pk: int) -> HttpResponse:
        """Ask whether to."""
        return self.show(form=EndRoleForm(membership=self.membership))

    def post(self, request: PersonRequest, public_id: str, pk: int) -> HttpResponse:
        """End it."""
        form = EndRoleForm(request.POST, membership=self.membership)
        if not form.is_valid():
            return self.show(status=400, form=form)
        last_day = form.cleaned_data["last_day"]
        words = str(self.membership)
        try:
            end_membership(self.membership, actor=request.user, last_day=last_day)
        except Refused as refused:
            return self.show_refused(form, refused, None)
        when = f"ends on {day(last_day)}" if last_day else "has ended"
        messages.success(request, f"{words}: the role of {self.person} {when}.")
        return self._where_one_may_still_be(request)

    def _where_one_may_still_be(self, request: PersonRequest) -> HttpResponse:
        """Lead on. Whoever ended their own role may have shut this door behind them."""
        me = User.objects.get(pk=request.user.pk)
        if user_can_manage_people(me):
            return redirect(self.person_url())
        return redirect("wagtailadmin_home" if user_can_enter_admin(me) else "home:home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what follows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        role = Role(self.membership.role)
        others = self.person.memberships.exclude(ends__lt=timezone.localdate())
        return context | {
            "membership": self.membership,
            "after": AFTER[role],
            "is_the_last_lead": role is Role.IG_LEAD and count_who_can_sign_in_as(role) <= 1,
            "is_own_door": role is Role.PORTAL_ADMIN and self.person.pk == self.request.user.pk,
            "has_another": others.exclude(pk=self.membership.pk).exists(),
            "has_begun": self.membership.starts <= timezone.localdate(),
        }
