"""The shape of what people type about evidence. Rules live in the actions."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.gate.kinds import KINDS
from evidence_review.evidence.models import Evidence, EvidenceType
from portal.chrome.dates import DateField3
from portal.chrome.forms import PlainForm
from portal.frameworks.models import Requirement
from portal.frameworks.queries import requirements_by_codes, requirements_in_use
from portal.people.models import User
from portal.people.queries import holds_everywhere, sites_for
from portal.people.roles import EVIDENCE_WRITERS

WHOLE_ORGANISATION = "all"


class SeveralFiles(forms.ClearableFileInput):
    """A file input for several files at once."""

    allow_multiple_selected = True


ACCEPTED = ",".join(f".{extension}" for extension in KINDS)


class FilesField(forms.FileField):
    """Cleans to a list of the files sent, perhaps empty. What is in them is not looked at here."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the sent files."""
        sent = data if isinstance(data, (list, tuple)) else [data]
        return [item for item in sent if isinstance(item, UploadedFile)]


def camera() -> forms.FileInput:
    """Return an input that opens the camera on a phone."""
    return forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})


class DetailsForm(PlainForm):
    """What an evidence is, whose, for when, and what it supports."""

    title = forms.CharField(
        max_length=200,
        help_text="Say what it is, so that somebody else can find it. "
        "For example, Spot check of record keeping, October 2026.",
    )
    site = forms.ChoiceField(label="Site")
    type = forms.ModelChoiceField(
        EvidenceType.objects.all(), label="Kind of evidence", empty_label=None
    )
    claim = forms.CharField(
        max_length=300,
        required=False,
        label="What it shows (optional)",
        help_text="One sentence an inspector will read. "
        "For example, We check every month that records are locked away.",
    )
    period_start = DateField3(
        required=False, label="It covers from (optional)", name_in_error="The start of the period"
    )
    period_end = DateField3(
        required=False, label="It covers until (optional)", name_in_error="The end of the period"
    )
    review_date = DateField3(
        required=False,
        label="Look at it again by (optional)",
        help_text="We remind you before this day. For example, 30 6 2027.",
        name_in_error="The review date",
    )
    requirements = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sites = {site.public_id: site for site in sites_for(person, EVIDENCE_WRITERS)}
        choices = [(key, site.name) for key, site in self._sites.items()]
        if holds_everywhere(person, EVIDENCE_WRITERS):
            choices.append((WHOLE_ORGANISATION, "The whole organisation"))
        cast("forms.ChoiceField", self.fields["site"]).choices = choices
        self.catalogue: list[Requirement] = list(requirements_in_use())
        cast("forms.MultipleChoiceField", self.fields["requirements"]).choices = [
            (requirement.code, requirement.code) for requirement in self.catalogue
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "The end of the period must be after its start")
        return data

    def details(self, *, title: str | None = None) -> EvidenceDetails:
        """Return the cleaned details, under another ``title`` where one is given."""
        data = self.cleaned_data
        return EvidenceDetails(
            title=data["title"] if title is None else title,
            type=data["type"],
            site=self._sites.get(data["site"]),
            claim=data["claim"],
            period_start=data["period_start"],
            period_end=data["period_end"],
            review_date=data["review_date"],
        )

    def chosen_requirements(self) -> list[Requirement]:
        """Return the requirements that were ticked."""
        return requirements_by_codes(self.cleaned_data["requirements"])

    @property
    def choices_by_section(self) -> list[dict[str, Any]]:
        """Return the requirements for the template: editions, in them sections, in them items."""
        ticked = set(self["requirements"].value() or ())
        editions: dict[str, dict[str, Any]] = {}
        for requirement in self.catalogue:
            edition = editions.setdefault(
                requirement.edition.code,
                {"name": requirement.edition.name, "sections": {}, "ticked": 0},
            )
            is_ticked = requirement.code in ticked
            edition["ticked"] += is_ticked
            items = edition["sections"].setdefault(requirement.section, [])
            items.append({"requirement": requirement, "ticked": is_ticked})
        return list(editions.values())


class AddEvidenceForm(DetailsForm):
    """The details together with the files. One file or several; a photo is one more file."""

    files = FilesField(  # type: ignore[assignment]  # the form's own files are never asked for
        required=False,
        label="Choose files, or drop them here",
        help_text="You can choose several at once. Each must be smaller than 100 MB.",
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
    )
    photo = FilesField(required=False, label="Or take a photo", widget=camera())
    keep_location = forms.BooleanField(
        required=False,
        label="Keep where a photo was taken",
        help_text="We take the place out of photos unless you tick this.",
    )
    upload_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    one_of = forms.IntegerField(required=False, min_value=1)
    """How many files the script is sending one by one from the same form."""
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    """The page to go back to, when the person came from one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = (
            "Say what it is, so that somebody else can find it. "
            "If you leave this empty we use the name of the file."
        )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one file."""
        data = super().clean()
        if not self.sent_files():
            self.add_error("files", "Choose a file to upload")
        return data

    def sent_files(self) -> list[Any]:
        """Return every file that was sent, the photo last."""
        return [*self.cleaned_data.get("files", ()), *self.cleaned_data.get("photo", ())]


class NewVersionForm(PlainForm):
    """One file that replaces the version before it."""

    files = FilesField(  # type: ignore[assignment]  # as above
        required=False,
        label="Choose the file, or drop it here",
        help_text="It must be smaller than 100 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    photo = FilesField(required=False, label="Or take a photo", widget=camera())
    change_note = forms.CharField(
        max_length=300,
        required=False,
        label="What changed (optional)",
        help_text="The person who reviews it will read this.",
    )
    keep_location = AddEvidenceForm.base_fields["keep_location"]
    upload_key = AddEvidenceForm.base_fields["upload_key"]

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one file."""
        data: dict[str, Any] = super().clean() or {}
        sent = [*data.get("files", ()), *data.get("photo", ())]
        if len(sent) != 1:
            self.add_error("files", "Choose one file to upload")
        data["sent"] = sent
        return data


def details_of(evidence: Evidence) -> dict[str, Any]:
    """Return the initial values of a DetailsForm for an evidence."""
    return {
        "title": evidence.title,
        "site": evidence.site.public_id if evidence.site else WHOLE_ORGANISATION,
        "type": evidence.type_id,
        "claim": evidence.claim,
        "period_start": evidence.period_start,
        "period_end": evidence.period_end,
        "review_date": evidence.review_date,
        "requirements": [
            requirement.code for requirement in evidence.requirements.select_related("edition")
        ],
    }
