"""The shape of what inspectors and IG leads type."""

from django import forms
from django.core.exceptions import ValidationError

from evidence_review.inspection.codes import DIGITS, as_typed
from portal.chrome.forms import PlainForm


class CodeForm(PlainForm):
    """The one-time code, however its digits are spaced."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        error_messages={
            "required": "Enter the code from the e-mail",
            "max_length": f"The code has {DIGITS} digits",
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Return the bare digits; anything else is no try and costs none."""
        typed = as_typed(self.cleaned_data["code"])
        if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
            raise ValidationError(f"The code has {DIGITS} digits, like 1234 5678")
        return typed
