"""How every form of the portal behaves: our errors, no browser bubbles, no colons."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from portal.chrome.dates import DateField3


class PlainForm(forms.Form):
    """A form in plain words.

    The browser's own bubbles are off, because they vanish, cannot be read again and say other
    things than we do; an empty field says "Enter the title" or "Choose the site".
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_plainly(name, field)


def speak_plainly(name: str, field: forms.Field) -> None:
    """Give ``field`` our sentence for being empty, unless it was given one of its own."""
    django_says = forms.Field.default_error_messages["required"]
    if isinstance(field, DateField3) or field.error_messages["required"] != django_says:
        return
    called = str(field.label or name.replace("_", " "))
    called = called if called[:2].isupper() else called[:1].lower() + called[1:]
    if isinstance(field, forms.BooleanField):
        field.error_messages["required"] = f"Tick the box: “{field.label}”"
        return
    choosing = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField, forms.FileField))
    field.error_messages["required"] = f"{'Choose' if choosing else 'Enter'} the {called}"


def kind_of(bound: BoundField) -> str:
    """Return how a field is drawn: the name of a template in ``components/fields``."""
    widget = bound.field.widget
    if getattr(widget, "is_date_boxes", False):
        return "date"
    for kinds, name in _DRAWN:
        if isinstance(widget, kinds):
            return name
    return "input"


_DRAWN: tuple[tuple[tuple[type[forms.Widget], ...], str], ...] = (
    ((forms.CheckboxSelectMultiple,), "checkboxes"),
    ((forms.RadioSelect,), "radios"),
    ((forms.CheckboxInput,), "checkbox"),
    ((forms.Textarea,), "textarea"),
    ((forms.Select,), "select"),
    ((forms.FileInput,), "file"),
)
