"""The shape of what people type about publications. Rules live in the actions."""

from typing import Any, cast

from django import forms

from evidence_review.assessments.seen import Seen
from evidence_review.evidence.models import Evidence
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


class EnteredForm(PlainForm):
    """When it was entered in the national toolkit, and the certificate it gave."""

    entered_on = DateField3(
        label="When did you enter it in the national toolkit?",
        help_text="For example, 30 6 2027",
        name_in_error="The day",
    )
    certificate = forms.ChoiceField(
        label="Certificate (optional)",
        required=False,
        help_text="Choose the file you downloaded from the toolkit. Upload it as evidence first.",
    )

    def __init__(self, *args: Any, evidence: list[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._evidence = {one.public_id: one for one in evidence}
        cast("forms.ChoiceField", self.fields["certificate"]).choices = choices_of(evidence)

    def chosen(self) -> Evidence | None:
        """Return the evidence that was chosen as the certificate."""
        return self._evidence.get(self.cleaned_data["certificate"])


def choices_of(evidence: list[Evidence]) -> list[tuple[str, str]]:
    """Return evidence as the choices of a select, "none" first."""
    return [("", "No file")] + [(one.public_id, one.title) for one in evidence]
