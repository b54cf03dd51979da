"""The shape of what administrators type about the organisation and its sites."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from portal.accounts.fields import Code, OneLine
from portal.chrome.forms import PlainForm
from portal.people.models import Organisation, Site, ods_code


class OrganisationForm(PlainForm):
    """The provider's name and codes."""

    name = OneLine(label="Name", max_length=200)
    ods_code = Code(
        label="Head office ODS code",
        required=False,
        validators=[ods_code],
        help_text="3 to 6 letters and digits, like AG0Y. It is on your DSPT account.",
    )
    ico_number = Code(
        label="ICO registration number",
        max_length=20,
        required=False,
        help_text="Like ZA123456. It is on your certificate from the ICO.",
    )

    def __init__(self, *args: Any, organisation: Organisation | None, **kwargs: Any) -> None:
        if organisation:
            names = ("name", "ods_code", "ico_number")
            kwargs["initial"] = {name: getattr(organisation, name) for name in names}
        super().__init__(*args, **kwargs)


class SiteForm(PlainForm):
    """One registered location."""

    name = OneLine(label="Name", max_length=200, help_text="As people who work there call it.")
    service_type = forms.ChoiceField(
        label="Kind of care", choices=Site.ServiceType.choices, widget=forms.RadioSelect
    )
    ods_code = Code(
        label="Site ODS code",
        required=False,
        validators=[ods_code],
        help_text="3 to 6 letters and digits, like VM195. Leave it empty if you do not know it.",
    )
    cqc_location_id = Code(
        label="CQC location ID",
        max_length=20,
        required=False,
        help_text="Like 1-123456789. It is in the address of the site's page at cqc.org.uk.",
    )

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        if site:
            names = ("name", "service_type", "ods_code", "cqc_location_id")
            kwargs["initial"] = {name: getattr(site, name) for name in names}
        super().__init__(*args, **kwargs)
        self.site = site

    def clean_name(self) -> str:
        """Refuse the name of another site."""
        name: str = self.cleaned_data["name"]
        if self._others().filter(name__iexact=name).exists():
            raise ValidationError(f"There is a site called {name} already. Choose another name")
        return name

    def clean_ods_code(self) -> str:
        """Refuse the code of another site."""
        code: str = self.cleaned_data["ods_code"]
        if code and (other := self._others().filter(ods_code=code).first()):
            raise ValidationError(f"{other} has the code {code} already. Check which is right")
        return code

    def _others(self) -> QuerySet[Site]:
        return Site.objects.exclude(pk=self.site.pk) if self.site else Site.objects.all()
