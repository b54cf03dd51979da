"""The shape of an upload, and of saying yes to what it would do."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.chrome.forms import PlainForm
from portal.spreadsheets.reading import MOST_BYTES


class UploadForm(PlainForm):
    """A spreadsheet."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text="XLSX or CSV, smaller than 5 MB.",
        error_messages={
            "required": "Choose the spreadsheet",
            "empty": "The selected file is empty",
            "max_length": "The name of the selected file must be shorter",
        },
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse by size what need not be looked into."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The selected file must be smaller than 5 MB")
        return file


class ConfirmPeopleForm(PlainForm):
    """What else shall happen when people are imported."""

    with_links = forms.BooleanField(
        label="Send everybody with an e-mail address a link to choose a password",
        required=False,
    )
