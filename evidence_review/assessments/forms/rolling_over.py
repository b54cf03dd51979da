"""The shape of what is sent when an assessment is carried over. Rules live in the actions."""

from typing import Any, cast

from django import forms

from portal.chrome.forms import PlainForm
from portal.frameworks.models import Edition


class RollOverForm(PlainForm):
    """Which edition to carry the answers to."""

    edition = forms.ChoiceField(
        error_messages={"invalid_choice": "Choose an edition that says where the questions went"}
    )

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._editions = {one.code: one for one in editions}
        cast("forms.ChoiceField", self.fields["edition"]).choices = [
            (one.code, one.name) for one in editions
        ]

    def chosen(self) -> Edition:
        """Return the edition that was chosen."""
        return self._editions[self.cleaned_data["edition"]]


class SeveralRead(forms.Field):
    """Answers by public id and the revision that was read, each as ``id:revision``."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> dict[str, int]:
        """Return the revision that was read by the public id."""
        read = {}
        for text in value or ():
            public_id, _, revision = str(text).partition(":")
            if not (
                public_id and revision.isascii() and revision.isdecimal() and len(revision) < 9
            ):
                raise forms.ValidationError(
                    "Open the page again and tick the answers you have read"
                )
            read[public_id] = int(revision)
        return read


class ConfirmCarriedForm(PlainForm):
    """The answers somebody has read."""

    read = SeveralRead(error_messages={"required": "Tick the answers you have read"})
