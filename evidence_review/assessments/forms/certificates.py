"""The shape of what people type about a certificate."""

from typing import Any, cast

from django import forms

from evidence_review.assessments.actions.keep_certificate import CertificateDetails
from evidence_review.assessments.certificate_file import FileForm
from evidence_review.assessments.levels import levels_of
from evidence_review.assessments.models import Certificate
from evidence_review.evidence.models import Evidence
from portal.chrome.dates import DateField3
from portal.frameworks.models import Edition


class CertificateForm(FileForm):
    """Which certificate, from when until when, and the file of it."""

    name = forms.ChoiceField(label="Certificate")
    number = forms.CharField(label="Certificate number (optional)", max_length=100, required=False)
    starts = DateField3(label="Valid from", name_in_error="The first day")
    ends = DateField3(
        label="Valid until",
        help_text="The last day it is valid. For example, 30 6 2027",
        name_in_error="The last day",
    )
    field_order = ("name", "number", "starts", "ends")

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["name"]).choices = [(one, one) for one in names]

    def details(self, evidence: Evidence | None) -> CertificateDetails:
        """Return what was typed, with the file, for the action."""
        data = self.cleaned_data
        return CertificateDetails(
            name=data["name"],
            number=data["number"],
            starts=data["starts"],
            ends=data["ends"],
            evidence=evidence,
        )


def names_asked(edition: Edition) -> list[str]:
    """Return the names of the certificates that an edition's levels ask for."""
    return list(
        dict.fromkeys(one.certificate for one in levels_of(edition.levels) if one.certificate)
    )


def details_of(certificate: Certificate | None) -> dict[str, Any]:
    """Return the initial values of the form."""
    if certificate is None:
        return {}
    return {
        "name": certificate.name,
        "number": certificate.number,
        "starts": certificate.starts,
        "ends": certificate.ends,
        "kept": certificate.evidence.public_id if certificate.evidence else "",
    }
