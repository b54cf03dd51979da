"""The shape of what people type about publications. Rules live in the actions."""

from django import forms

from evidence_review.assessments.certificate_file import FileForm
from evidence_review.assessments.seen import Seen
from portal.chrome.dates import DateField3
from portal.chrome.forms import PlainForm


class PublishForm(PlainForm):
    """What the publisher has seen, and that they mean it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
    sure = forms.BooleanField(
        label="I have read the answers on this page, and they are true",
        error_messages={"required": "Tick the box to say that the answers are true"},
    )

    def clean_seen(self) -> Seen:
        """Return what was shown."""
        return Seen.from_text(self.cleaned_data["seen"])


class EnteredForm(FileForm):
    """When it was entered in the national toolkit, and the certificate it gave."""

    entered_on = DateField3(
        label="When did you enter it in the national toolkit?",
        help_text="For example, 30 6 2027",
        name_in_error="The day",
    )
    field_order = ("entered_on",)
