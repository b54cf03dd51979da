"""The shape of what administrators type about people and their roles."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms.boundfield import BoundWidget
from django.utils import timezone

from portal.accounts.fields import OneLine
from portal.accounts.first_role import FirstRole
from portal.accounts.mailing import mail_goes_out
from portal.accounts.role_words import MAY
from portal.chrome.dates import DayInput
from portal.chrome.forms import PlainForm
from portal.people.actions.person import PersonDetails
from portal.people.models import Membership, Site, User
from portal.people.roles import Role

_NOT_AN_ADDRESS = "Enter an e-mail address like name@example.org"


class PersonForm(PlainForm):
    """Who somebody is."""

    first_name = OneLine(label="First name", max_length=150)
    last_name = OneLine(label="Last name", max_length=150)
    job_title = OneLine(
        label="Job title", max_length=120, help_text="It is shown wherever they are named."
    )
    email = OneLine(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="They sign in with it. Leave it empty for somebody who has none.",
        validators=[EmailValidator(_NOT_AN_ADDRESS)],
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        if person:
            names = ("first_name", "last_name", "job_title", "email")
            kwargs["initial"] = {name: getattr(person, name) for name in names}
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str | None:
        """Return the address in small letters: what people type differs only in those."""
        address = self.cleaned_data["email"].lower()
        others = User.objects.exclude(pk=self.person.pk) if self.person else User.objects.all()
        if address and (found := others.filter(email__iexact=address).first()):
            raise ValidationError(f"{found} already has this e-mail address. Check it.")
        return address or None

    def details(self) -> PersonDetails:
        """Return what a valid form says."""
        names = ("first_name", "last_name", "email", "job_title")
        return PersonDetails(**{name: self.cleaned_data[name] for name in names})


EVERY = "every"


def _places() -> list[tuple[str, str]]:
    """Return what there is to choose. Nothing is chosen beforehand: every site is much to give."""
    open_sites = Site.objects.filter(is_active=True).values_list("public_id", "name")
    return [("", "Choose where"), (EVERY, "Every site"), *open_sites]


class RoleAndPlaceForm(PlainForm):
    """Which role, and where."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, role.label) for role in MAY],
        widget=forms.RadioSelect,
    )
    site = forms.ChoiceField(label="Site", choices=_places)

    def clean_site(self) -> Site | None:
        """Return the site; ``None`` for every site."""
        chosen = self.cleaned_data["site"]
        return None if chosen == EVERY else Site.objects.get(public_id=chosen)

    def clean(self) -> dict[str, Any] | None:
        """Refuse an administrator of one site: nobody could give them anything to do."""
        said = super().clean()
        if self.cleaned_data.get("role") == Role.PORTAL_ADMIN and self.cleaned_data.get("site"):
            self.add_error("site", "A portal administrator looks after every site. Choose that.")
        return said

    def role_choices(self) -> Iterator[tuple[BoundWidget, str]]:
        """Give each role to choose, with what it means."""
        for choice in self["role"]:
            yield choice, MAY[Role(choice.data["value"])]

    def first_role(self) -> FirstRole:
        """Return what a valid form says."""
        return FirstRole(Role(self.cleaned_data["role"]), self.cleaned_data["site"])


class AddPersonForm(PersonForm, RoleAndPlaceForm):
    """A new person with their first role."""

    with_link = forms.BooleanField(
        label="Send them a link to choose a password",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"aria-describedby": "id_with_link_helptext"}),
    )
    field_order = ("first_name", "last_name", "job_title", "email", "role", "site", "with_link")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mail_goes_out():
            del self.fields["with_link"]

    @property
    def wants_link(self) -> bool:
        """Whether a link can and shall be sent."""
        return bool(self.cleaned_data.get("with_link") and self.cleaned_data["email"])


class RoleForm(RoleAndPlaceForm):
    """A role for somebody who is here already, from a day, and perhaps until a day."""

    starts = forms.DateField(label="First day", widget=DayInput, initial=timezone.localdate)
    ends = forms.DateField(
        label="Last day",
        widget=DayInput,
        required=False,
        help_text="Leave it empty for a role without an end.",
    )

    def clean_starts(self) -> date:
        """Refuse the past: a role counts from when it was given, not before."""
        starts: date = self.cleaned_data["starts"]
        if starts < timezone.localdate():
            raise ValidationError("The first day must be today or later")
        return starts

    def clean(self) -> dict[str, Any] | None:
        """Refuse an end before the beginning."""
        said = super().clean()
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day must be the first day or later")
        return said


class EndRoleForm(PlainForm):
    """When a role ends."""

    last_day = forms.DateField(
        label="Last day", widget=DayInput, required=False, help_text="Leave it empty to end it now."
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership

    def clean_last_day(self) -> date | None:
        """Refuse a day that is over, before the role begins, or after it ends anyhow."""
        last_day: date | None = self.cleaned_data["last_day"]
        if last_day is None:
            return None
        ends = self.membership.ends
        if last_day < max(self.membership.starts, timezone.localdate()):
            raise ValidationError("The last day must be today or later, and not before the first")
        if ends and last_day > ends:
            raise ValidationError("The role ends before that day already. Choose an earlier one")
        return last_day
