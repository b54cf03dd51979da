"""The file of a certificate: chosen among the evidence, or uploaded beside the form."""

from typing import Any, cast

from django import forms

from evidence_review.evidence.actions.upload import Upload, add_evidence
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.forms import ACCEPTED
from evidence_review.evidence.intake import take_in
from evidence_review.evidence.models import Evidence, EvidenceType
from portal.chrome.forms import PlainForm
from portal.people.models import Site, User


class FileForm(PlainForm):
    """A form that goes with a file: one that is kept already, or a new one."""

    kept = forms.ChoiceField(label="File of the certificate (optional)", required=False)
    file = forms.FileField(
        label="Or upload it now",
        required=False,
        allow_empty_file=True,
        help_text="It is kept as evidence and checked like any other file. "
        "It must be smaller than 100 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    upload_key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, evidence: list[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept = {one.public_id: one for one in evidence}
        cast("forms.ChoiceField", self.fields["kept"]).choices = [
            ("", "No file"),
            *((one.public_id, one.title) for one in evidence),
        ]

    def keep_file(self, title: str, site: Site | None, *, actor: User) -> Evidence | None:
        """Return the evidence that was chosen, or made of the file that was sent.

        Call it in the transaction of what it is for, so that both are kept or neither.

        Raises:
            Refused: the file cannot be taken; ``NotPermitted`` among them.
        """
        received = self.cleaned_data["file"]
        if received is None:
            return self._kept.get(self.cleaned_data["kept"])
        kind = EvidenceType.objects.get(code="certificate")
        version = add_evidence(
            Upload(file=take_in(received), key=self.cleaned_data["upload_key"] or None),
            EvidenceDetails(title=title, type=kind, site=site),
            [],
            actor=actor,
        )
        return version.evidence
