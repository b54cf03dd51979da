"""A date typed in three boxes: day, month, year. Works without script and on every phone."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

PARTS = ("day", "month", "year")
MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
_LEAST_LETTERS = 3
_EARLIEST_YEAR = 1900
_LATEST_YEAR = 2200

Typed = tuple[str, str, str]
"""Day, month and year as the person typed them."""


class ThreeBoxDate(forms.Widget):
    """Inputs ``<name>_day``, ``<name>_month``, ``<name>_year``; its value is what was typed."""

    template_name = "components/date_boxes.html"
    is_date_boxes = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> Typed | str | None:
        """Return the three texts; a whole ISO date under the plain name is taken too."""
        if name in data and not any(f"{name}_{part}" in data for part in PARTS):
            return str(data[name])
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)
        return (day, month, year) if day or month or year else None

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Tell whether the form had none of the boxes."""
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Return the id of the first box: an error summary leads there."""
        return f"{id_}_day" if id_ else ""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the boxes with the portal's templates, which Django's form renderer cannot see."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the boxes with their values; ``attrs`` may mark ``wrong`` parts with an error."""
        attrs = dict(attrs or {})
        wrong = attrs.pop("wrong", ())
        context: dict[str, Any] = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].pop("id", None) or f"id_{name}"
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{base}_{part}",
                "label": part.capitalize(),
                "value": typed,
                "width": 4 if part == "year" else 2,
                "is_wrong": part in wrong,
            }
            for part, typed in zip(PARTS, shown(value), strict=True)
        ]
        return context


class DateField3(forms.Field):
    """A date in three boxes; cleans to ``datetime.date``, or None when empty and not required.

    ``name_in_error`` is how its error sentences call it: "The review date". The codes of its errors
    name the wrong parts: ``incomplete:month,year``, ``not_real``, ``not_whole``.
    """

    widget = ThreeBoxDate

    def __init__(self, *, name_in_error: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name_in_error = name_in_error or f"The {str(self.label or 'date').lower()}"
        called = self.name_in_error[0].lower() + self.name_in_error[1:]
        if "required" not in (kwargs.get("error_messages") or {}):
            self.error_messages["required"] = f"Enter {called}"

    def to_python(self, value: Any) -> date | None:
        """Turn what was typed into a date.

        Raises:
            ValidationError: with a whole sentence, when parts are missing or make no real date.
        """
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            return self._from_iso(value)
        missing = [part for part, typed in zip(PARTS, value, strict=True) if not typed]
        if missing:
            needed = " and ".join(f"a {part}" for part in missing)
            raise ValidationError(
                f"{self.name_in_error} must include {needed}",
                code=f"incomplete:{','.join(missing)}",
            )
        return self._real(*value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other things stand in the boxes than were put there."""
        return shown(initial) != shown(data)

    def _from_iso(self, text: str) -> date:
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            raise self._not_real() from None

    def _real(self, day: str, month: str, year: str) -> date:
        try:
            number = _month_number(month)
            if len(year) <= 2 and year.isdecimal():  # "27" is 2027
                year = str(2000 + int(year))
            found = date(int(year), number, int(day))
        except (ValueError, OverflowError):
            raise self._not_real() from None
        if not _EARLIEST_YEAR <= found.year <= _LATEST_YEAR:
            raise self._not_real()
        return found

    def _not_real(self) -> ValidationError:
        return ValidationError(
            f"{self.name_in_error} must be a real date, such as 30 6 2027", code="not_real"
        )


def shown(value: Any) -> Typed:
    """Return the texts of the three boxes for a date, for what was typed, or for nothing."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, str):
        try:
            return shown(date.fromisoformat(value.strip()))
        except ValueError:
            return value, "", ""
    return value or ("", "", "")


def _month_number(text: str) -> int:
    """Return 1 to 12 for a number or the start of a month's English name.

    Raises:
        ValueError: when it is neither.
    """
    if text.isdecimal():
        return int(text)
    word = text.lower().rstrip(".")
    if len(word) >= _LEAST_LETTERS:
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(word) or word == name[:3] + "t":
                return number
    raise ValueError(text)


class DayInput(forms.DateInput):
    """The browser's own way to choose a day; typed as 2027-06-30 where it has none."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
