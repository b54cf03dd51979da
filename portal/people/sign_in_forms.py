"""The forms of the door, in the portal's words."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.core.validators import EmailValidator

HOW_TO_CHOOSE = (
    "At least 12 characters. Three words that nobody would put together are easy to remember."
)


class _InPlainWords(forms.Form):
    """Ours: no browser bubbles, no colons, no text inside the boxes that vanishes on typing."""

    use_required_attribute = False
    sentences: dict[str, tuple[str, str, str]] = {}
    """By field: label, hint, what to say when it is empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, (label, hint, when_empty) in self.sentences.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = when_empty
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}
                not_an_address = "Enter an e-mail address like name@example.org"
                field.error_messages["invalid"] = not_an_address
                field.validators = [EmailValidator(not_an_address)]


class SignInForm(_InPlainWords, allauth_forms.LoginForm):
    """E-mail address and password."""

    sentences = {
        "login": ("E-mail address", "", "Enter your e-mail address"),
        "password": ("Password", "", "Enter your password"),
    }


class ForgottenPasswordForm(_InPlainWords, allauth_forms.ResetPasswordForm):
    """The address that the link for a new password goes to."""

    sentences = {
        "email": ("E-mail address", "The one you sign in with.", "Enter your e-mail address"),
    }


class NewPasswordForm(_InPlainWords, allauth_forms.ResetPasswordKeyForm):
    """A new password, twice, for somebody who came by a link."""

    sentences = {
        "password1": ("New password", HOW_TO_CHOOSE, "Enter a new password"),
        "password2": ("New password again", "", "Enter the new password again"),
    }


class ChangePasswordForm(_InPlainWords, allauth_forms.ChangePasswordForm):
    """A new password, twice, for somebody who knows the old one."""

    sentences = {
        "oldpassword": ("Your password now", "", "Enter the password you have now"),
        "password1": ("New password", HOW_TO_CHOOSE, "Enter a new password"),
        "password2": ("New password again", "", "Enter the new password again"),
    }


class ConfirmPasswordForm(_InPlainWords, allauth_forms.ReauthenticateForm):
    """The password again, before something that matters."""

    sentences = {"password": ("Password", "", "Enter your password")}
