"""What is asked before details are erased."""

from django import forms

from portal.chrome.forms import PlainForm
from portal.erasure.reasons import Reason

_LONGEST = 500


class EraseForm(PlainForm):
    """Why, in a code and perhaps a few words, and that it is meant."""

    reason = forms.ChoiceField(label="Reason", choices=Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="More about the reason (optional)",
        required=False,
        max_length=_LONGEST,
        help_text="Do not write the name of the person: it would be kept again.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_sure = forms.BooleanField(label="I understand that nobody can undo this")

    def why(self) -> Reason:
        """Return the reason that was chosen; call it for a valid form."""
        return Reason(self.cleaned_data["reason"])
