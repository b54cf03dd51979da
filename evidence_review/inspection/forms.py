"""The shape of what inspectors and IG leads type."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from evidence_review.inspection.codes import DIGITS, as_typed
from evidence_review.inspection.invitation import Invitation
from evidence_review.inspection.permissions import INVITERS, user_can_give_access
from portal.chrome.dates import DayInput
from portal.chrome.forms import PlainForm
from portal.frameworks.models import Edition
from portal.frameworks.queries import current_editions
from portal.people.models import Site, User
from portal.people.queries import sites_for

USUAL_DAYS = 14
USUAL_END = time(17, 0)


class CodeForm(PlainForm):
    """The one-time code, however its digits are spaced."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        error_messages={
            "required": "Enter the code from the e-mail",
            "max_length": f"The code has {DIGITS} digits",
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Return the bare digits; anything else is no try and costs none."""
        typed = as_typed(self.cleaned_data["code"])
        if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
            raise ValidationError(f"The code has {DIGITS} digits, like 1234 5678")
        return typed


class TimeInput(forms.TimeInput):
    """The browser's own way to choose a time of day; typed as 17:00 where it has none."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class InvitationForm(PlainForm):
    """Whom to give access, until when, to what."""

    EVERY, CHOSEN = "every", "chosen"

    name = forms.CharField(label="Inspector's name", max_length=120)
    inspector_organisation = forms.CharField(
        label="Organisation", max_length=120, initial="Care Quality Commission"
    )
    email = forms.EmailField(
        label="Work e-mail address",
        help_text="The code is sent here, so it must be theirs alone.",
        error_messages={"invalid": "Enter an e-mail address, like name@cqc.org.uk"},
    )
    starts_on = forms.DateField(
        label="First day", required=False, widget=DayInput, help_text="Empty: it works at once."
    )
    ends_on = forms.DateField(label="Last day", widget=DayInput)
    ends_at = forms.TimeField(label="Ends at", widget=TimeInput, initial=USUAL_END)
    which = forms.ChoiceField(
        label="Sites",
        choices=[(EVERY, "Every site, and those added later"), (CHOSEN, "Only these sites")],
        initial=CHOSEN,
        widget=forms.RadioSelect,
    )
    sites: forms.ModelMultipleChoiceField[Site] = forms.ModelMultipleChoiceField(
        label="Which sites",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Evidence for the whole organisation is always shown.",
    )
    editions: forms.ModelMultipleChoiceField[Edition] = forms.ModelMultipleChoiceField(
        label="Evidence for",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the inspector may see evidence for"},
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The fields of a form are copies, so this is this form's own choice.
        self.fields["sites"].queryset = sites_for(actor, INVITERS)  # type: ignore[attr-defined]  # a model field
        self.fields["editions"].queryset = current_editions()  # type: ignore[attr-defined]  # a model field
        self.fields["editions"].initial = [edition.pk for edition in current_editions()]
        self.fields["ends_on"].initial = timezone.localdate() + timedelta(days=USUAL_DAYS)
        if not user_can_give_access(actor, None):
            del self.fields["which"]

    def invitation(self) -> Invitation:
        """Return what a valid form says."""
        said = self.cleaned_data
        every = said.get("which") == self.EVERY
        return Invitation(
            name=said["name"],
            inspector_organisation=said["inspector_organisation"],
            email=said["email"],
            starts=_moment(said["starts_on"], time(0, 0)) if said["starts_on"] else None,
            ends=_moment(said["ends_on"], said["ends_at"]),
            sites=None if every else list(said["sites"]),
            editions=list(said["editions"]),
        )

    def refuse(self, field: str, reason: str) -> None:
        """Show beside a field what the action found wrong."""
        names = {"starts": "starts_on", "ends": "ends_on"}
        self.add_error(names.get(field, field), reason)


def _moment(day: date, at: time) -> datetime:
    """Return a moment in the portal's own time zone."""
    return timezone.make_aware(datetime.combine(day, at))
