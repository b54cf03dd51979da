"""How somebody asks to see the past: one form, one reading of it, whatever the page is about."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from portal.chrome.dates import DayInput
from portal.chrome.forms import PlainForm
from portal.chrome.words import moment as in_words
from portal.record.moments import Moment, moment_at, record_began

END_OF_DAY = time(23, 59)


@dataclass(frozen=True)
class Past:
    """A time in the past, and how long the record was then."""

    when: datetime
    moment: Moment

    @property
    def query(self) -> str:
        """What leads from page to page within that time; goes behind another part of an address."""
        here = timezone.localtime(self.when)
        return f"&past={here:%Y-%m-%d}&at={here:%H:%M}"


class TimeOfDay(forms.TimeInput):
    """The browser's own way to choose a time of day; typed as 17:00 where it has none."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PastForm(PlainForm):
    """A day and a time of it, in the portal's own time zone. ``past`` is what a valid form says.

    ``earliest`` is the first moment that may be asked for, and ``too_early`` the sentence that says
    why nothing before it may.
    """

    past = forms.DateField(
        label="Day",
        input_formats=["%Y-%m-%d"],
        widget=DayInput,
        error_messages={
            "required": "Choose the day you want to see",
            "invalid": "The day must be a real date, like 2026-03-31",
        },
    )
    at = forms.TimeField(
        label="Time",
        required=False,
        input_formats=["%H:%M"],
        widget=TimeOfDay,
        error_messages={"invalid": "The time must be like 17:00"},
    )

    def __init__(
        self, *args: Any, earliest: datetime | None = None, too_early: str = "", **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", "id_see_%s")
        super().__init__(*args, **kwargs)
        self.earliest, self.too_early = earliest, too_early
        for field in self.fields.values():
            field.widget.attrs["class"] = "nhsuk-input"

    def clean(self) -> dict[str, Any]:
        """Refuse what was not, what is not yet, and what was before the record."""
        said = cast(dict[str, Any], super().clean())
        if self.errors:
            return said
        when = _in_our_zone(datetime.combine(said["past"], said["at"] or END_OF_DAY))
        now = timezone.now()
        if when > now and not said["at"] and timezone.localdate(now) == said["past"]:
            when = now
        if when > now:
            raise ValidationError("That time has not come yet. Choose a time in the past.")
        began = record_began()
        if began is None or when < began:
            sentence = (
                f"The record begins on {in_words(began)}." if began else "There is no record yet."
            )
            raise ValidationError(f"{sentence} Choose a later time.")
        if self.earliest and when < self.earliest:
            raise ValidationError(self.too_early)
        said["when"] = when
        return said

    def found(self) -> Past:
        """Return what a valid form asks for. One query."""
        when = self.cleaned_data["when"]
        return Past(when, moment_at(when))

    @property
    def problem(self) -> str:
        """The first thing that is wrong, as a sentence; nothing when all is well."""
        return next((str(said) for every in self.errors.values() for said in every), "")


def past_form(query: QueryDict, **limits: Any) -> PastForm:
    """Return the form as an address fills it: ``?past=2026-03-31&at=17:00``."""
    return PastForm(query if "past" in query else None, **limits)


def _in_our_zone(naive: datetime) -> datetime:
    """Return a wall clock's time. Of an hour that comes twice, in October, the second one."""
    try:
        when = timezone.make_aware(naive.replace(fold=1)).astimezone(UTC)
        there = timezone.localtime(when).replace(tzinfo=None)
    except (OverflowError, ValueError):
        raise ValidationError("The day must be a real date, like 2026-03-31") from None
    if there != naive:
        raise ValidationError(
            f"There was no {naive:%H:%M} on that day, because the clocks went forward. "
            "Choose a time an hour later."
        )
    return when
