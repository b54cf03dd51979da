"""The shape of what people type about shared devices."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.chrome.forms import PlainForm
from portal.people.models import Site, User
from portal.people.queries import sites_for
from portal.shared_devices.limits import LONGEST_DEVICE, LONGEST_SHIFT
from portal.shared_devices.permissions import DEVICE_MANAGERS
from portal.shared_devices.pins import DIGITS, as_typed, is_pin

UNTIL_ENDED = "ended"
_HOURS = (4, 8, 12)


class PinField(forms.CharField):
    """Six digits, however they are spaced; never shown and never offered again by the browser."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=40,
            widget=forms.PasswordInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
            ),
            error_messages={
                "required": f"Enter the {DIGITS} digits of the PIN",
                "max_length": f"A PIN has {DIGITS} digits",
            },
        )

    def clean(self, value: Any) -> str:
        """Return the bare digits; anything else is no try and costs none."""
        typed = as_typed(super().clean(value))
        if not is_pin(typed):
            raise ValidationError(f"A PIN has {DIGITS} digits")
        return typed


class PinForm(PlainForm):
    """The PIN of the chosen name."""

    pin = PinField(label="Your 6-digit PIN")


class NewPinForm(PlainForm):
    """A PIN of one's own, twice."""

    pin = PinField(
        label="New PIN",
        help_text="6 digits. No date, no pattern, and not a PIN you use elsewhere.",
    )
    again = PinField(label="New PIN again")

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "pin" in said and "again" in said and said["pin"] != said["again"]:
            self.add_error("again", "The two PINs are not the same")
        return said


class NameSearchForm(PlainForm):
    """A part of a name."""

    q = forms.CharField(label="Find your name", max_length=100, required=False)

    @property
    def words(self) -> str | None:
        """What to look for; empty for everybody, None for what cannot be part of any name."""
        return str(self.cleaned_data["q"]) if self.is_valid() else None


class StartForm(PlainForm):
    """Where the tablet lies, what it is called, and how long it is shared."""

    site: forms.ModelChoiceField[Site] = forms.ModelChoiceField(
        label="Site", queryset=None, empty_label=None, to_field_name="public_id"
    )
    name = forms.CharField(
        label="Name of the tablet",
        max_length=60,
        help_text="So that you know which one it is, for example Staff room.",
    )
    until = forms.ChoiceField(
        label="How long",
        choices=[
            *((str(hours), f"For {hours} hours") for hours in _HOURS),
            (UNTIL_ENDED, f"Until I end it ({LONGEST_DEVICE.days} days at most)"),
        ],
        initial=str(_HOURS[-1]),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The fields of a form are copies, so this is this form's own choice.
        sites = sites_for(actor, DEVICE_MANAGERS)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]  # a model field

    def ends_at(self) -> datetime:
        """Return until when a valid form says."""
        chosen = self.cleaned_data["until"]
        if chosen == UNTIL_ENDED:
            return timezone.now() + LONGEST_DEVICE
        return timezone.now() + min(timedelta(hours=int(chosen)), LONGEST_SHIFT)
