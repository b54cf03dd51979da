"""The shape of what people type about themselves."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from portal.chrome.forms import PlainForm
from portal.people.actions.person import PersonDetails


class FirstAdministratorForm(PlainForm):
    """What an empty portal needs to know to begin."""

    organisation_name = forms.CharField(max_length=200, label="Name of your organisation")
    first_name = forms.CharField(max_length=150, label="Your first name")
    last_name = forms.CharField(max_length=150, label="Your last name")
    job_title = forms.CharField(max_length=120, label="Your job title")
    email = forms.EmailField(label="Your work e-mail address", help_text="You sign in with it.")
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text="At least 12 characters. Three words that do not belong together are good.",
    )

    def clean_email(self) -> str:
        """Return the address in small letters, as for everybody who is added later."""
        address: str = self.cleaned_data["email"]
        return address.lower()

    def clean_password(self) -> str:
        """Refuse short and common passwords."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def details(self) -> PersonDetails:
        """Return the person the form describes."""
        data: dict[str, Any] = self.cleaned_data
        names = ("first_name", "last_name", "email", "job_title")
        return PersonDetails(**{name: data[name] for name in names})


class TokenForm(PlainForm):
    """A name for a new API token."""

    name = forms.CharField(
        max_length=100, label="Name of the token", help_text="Say which program will use it."
    )
