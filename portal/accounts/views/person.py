"""One person in the admin: add them, see them, correct their details."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.accounts.actions.correct_person import correct_person
from portal.accounts.actions.welcome_person import welcome_person
from portal.accounts.history import history_of, last_link
from portal.accounts.mailing import mail_goes_out
from portal.accounts.permissions import user_can_hand_over_link, user_can_send_link
from portal.accounts.person_forms import EVERY, AddPersonForm, PersonForm
from portal.accounts.queries import memberships_in_order
from portal.accounts.views.screens import OnePerson, PeopleScreen
from portal.people.actions.person import EmailTaken
from portal.people.requests import PersonRequest
from portal.people.roles import Role


class AddPersonView(PeopleScreen):
    """Add somebody with their first role."""

    template_name = "accounts/admin/add_person.html"
    page_title = "Add a person"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form; a link may name the role it is about."""
        asked = request.GET.get("role")
        initial = {"role": asked, "site": EVERY} if asked in Role.values else {}
        return self.show(form=AddPersonForm(initial=initial))

    def post(self, request: PersonRequest) -> HttpResponse:
        """Add them."""
        form = AddPersonForm(request.POST)
        if not form.is_valid():
            return self.show(status=400, form=form)
        try:
            person = welcome_person(
                form.details(), form.first_role(), with_link=form.wants_link, actor=request.user
            )
        except EmailTaken as refused:
            return self.show_refused(form, refused, "email")
        sent = f" A link to choose a password is on its way to {person.email}."
        messages.success(request, f"{person} is added.{sent if form.wants_link else ''}")
        return redirect("people:person", person.public_id)


class PersonView(OnePerson):
    """Everything about one person, and the way to each change."""

    template_name = "accounts/admin/person.html"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show it."""
        today = timezone.localdate()
        roles = memberships_in_order(self.person)
        history = history_of(self.person.record_ref)
        return self.show(
            roles=[role for role in roles if role.ends is None or role.ends >= today],
            roles_before=[role for role in roles if role.ends and role.ends < today],
            today=today,
            history=history,
            last_link=last_link(history),
            can_send_link=user_can_send_link(request.user, self.person),
            can_hand_over=user_can_hand_over_link(request.user, self.person),
            mail_goes_out=mail_goes_out(),
            may_erase=import_string(settings.MAY_ERASE)(request.user),
            is_me=request.user.pk == self.person.pk,
        )

    def get_page_title(self) -> str:
        """Return the name."""
        return str(self.person)

    def way_back(self) -> list[tuple[str, str]]:
        """Lead to the list."""
        return super().way_back()[:-1]


class CorrectPersonView(OnePerson):
    """Correct somebody's name, job title or address."""

    template_name = "accounts/admin/correct_person.html"
    page_title = "Change details"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show the form."""
        return self.show(form=PersonForm(person=self.person))

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Save it."""
        form = PersonForm(request.POST, person=self.person)
        if not form.is_valid():
            return self.show(status=400, form=form)
        try:
            person = correct_person(self.person, form.details(), actor=request.user)
        except EmailTaken as refused:
            return self.show_refused(form, refused, "email")
        messages.success(request, f"The details of {person} are saved.")
        return redirect(self.person_url())
