"""The shape of what is typed: who is sent the seal, and what somebody wants to have checked."""

from typing import Any

from django import forms
from django.core.validators import EmailValidator

from portal.chrome.forms import PlainForm

LONGEST = 64 * 1024
"""Of what is handed in to be checked, in bytes; a proof from a million events has 2,000."""
_NOT_AN_ADDRESS = "Enter an e-mail address like name@example.org"
_TOO_LONG = "This is longer than 64 KB. A checkpoint or a proof is much shorter"
_NO_TEXT = "The selected file must be a checkpoint or a proof. They are plain text"


class _OneLine(forms.CharField):
    """Text without line breaks or runs of spaces."""

    def to_python(self, value: Any) -> str:
        """Return the text with every run of white space made one space."""
        return " ".join((super().to_python(value) or "").split())


class RecipientForm(PlainForm):
    """Who is sent the seal every day."""

    name = _OneLine(
        label="Name",
        max_length=120,
        error_messages={"max_length": "The name must be 120 characters or fewer"},
    )
    email = _OneLine(
        label="E-mail address",
        max_length=254,
        validators=[EmailValidator(_NOT_AN_ADDRESS)],
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        error_messages={"max_length": "The e-mail address must be 254 characters or fewer"},
    )
    is_outside = forms.TypedChoiceField(
        label="Where do they work?",
        choices=[
            ("outside", "Outside the organisation, like a trustee or an accountant"),
            ("inside", "In the organisation"),
        ],
        coerce=lambda value: value == "outside",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where they work"},
    )

    def clean_email(self) -> str:
        """Return the address in small letters: what people type differs only in those."""
        return str(self.cleaned_data["email"]).lower()


class SizeForm(PlainForm):
    """From where a consistency proof is wanted."""

    size = forms.IntegerField(
        label="Number of events",
        help_text="The second line of the checkpoint that somebody holds.",
        min_value=1,
        max_value=10**15,
        localize=False,
        error_messages={
            "invalid": "Enter a whole number, like 1234",
            "min_value": "Enter a number of 1 or more",
            "max_value": "This number is too large. Check it",
        },
    )


class CheckForm(PlainForm):
    """A checkpoint, a proof or the numbers of a sheet, pasted or as a file."""

    text = forms.CharField(
        label="Checkpoint or proof",
        help_text="Paste the whole text. From a printed sheet, type the number of events and the "
        "root.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Or a file",
        help_text="The file that was attached to the e-mail, or that ends in .tlog-proof.",
        required=False,
        allow_empty_file=True,
    )
    event = forms.CharField(
        label="The event, if you have it",
        help_text="Only for a proof: the line of text that was given to you with it.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, is_too_long: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_long = is_too_long

    def clean_text(self) -> str:
        """Return what was pasted."""
        return _short_enough(self.cleaned_data["text"])

    def clean_event(self) -> str:
        """Return the text of the event."""
        return _short_enough(self.cleaned_data["event"])

    def clean_file(self) -> str:
        """Return the text of the file; empty when there is none."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if not file.size:
            raise forms.ValidationError("The selected file is empty")
        if file.size > LONGEST:
            raise forms.ValidationError(_TOO_LONG)
        try:
            text = str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_NO_TEXT) from error
        if not text.strip() or "\0" in text:
            raise forms.ValidationError(_NO_TEXT)
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for one thing to check; a file goes before what was pasted."""
        data = super().clean() or self.cleaned_data
        if self.is_too_long:
            self.add_error("text", _TOO_LONG)
        elif not self.errors and not (data["file"] or data["text"].strip()):
            self.add_error("text", "Paste a checkpoint or a proof, or choose a file")
        return data

    def handed_in(self) -> str:
        """Return what a valid form asks to check."""
        return str(self.cleaned_data["file"] or self.cleaned_data["text"])

    def body(self) -> bytes | None:
        """Return the exact bytes of the event, if they were given."""
        event = self.cleaned_data["event"].strip()
        return event.encode() if event else None


def _short_enough(text: str) -> str:
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise forms.ValidationError(_TOO_LONG)
    return text
