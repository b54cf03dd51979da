"""What a template needs to draw one field, or the summary of a form's errors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.widgets import ChoiceWidget

from portal.chrome.forms import kind_of

CHOICES = frozenset({"radios", "checkboxes"})
"""Kinds made of one input for each choice: an error leads to the first."""


@dataclass(frozen=True)
class Problem:
    """One line of an error summary: the sentence, and the id of its input ("" for none)."""

    sentence: str
    anchor: str


def anchor_of(bound: BoundField) -> str:
    """Return the id of the input that an error of this field leads to."""
    kind = kind_of(bound)
    if kind == "date":
        return f"{bound.auto_id}_{(wrong_parts(bound) or ('day',))[0]}"
    if kind in CHOICES:
        options = (option for _, options in _choices(bound) for option in options)
        return str(next((option["attrs"]["id"] for option in options), bound.auto_id))
    return bound.id_for_label or bound.auto_id


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """Return the boxes of a date that have an error: those left empty, else all three."""
    for error in bound.errors.as_data():
        code = error.code or ""
        if code.startswith("incomplete:"):
            return tuple(code.removeprefix("incomplete:").split(","))
    return ("day", "month", "year") if bound.errors else ()


def field_context(bound: BoundField, **options: Any) -> dict[str, Any]:
    """Return everything ``components/fields/<kind>.html`` shows for one field.

    ``options``: ``label_size`` (s, m, l), ``page_heading``, ``rows``, ``width``, ``inline``.
    """
    kind = kind_of(bound)
    about = [f"{bound.auto_id}-hint"] if bound.help_text else []
    about += [f"{bound.auto_id}-error"] if bound.errors else []
    context = options | {
        "field": bound,
        "kind": kind,
        "template": f"components/fields/{kind}.html",
        "described_by": " ".join(about),
        "id": bound.auto_id,
    }
    if kind in CHOICES:
        context["groups"] = _choices(bound)
    elif kind != "checkbox":
        context["control"] = bound.as_widget(attrs=_attributes(bound, kind, about, options))
    return context


def problems_of(forms: Iterable[Any]) -> list[Problem]:
    """Return the errors of forms and formsets in the order in which their fields stand."""
    return [problem for form in forms if form is not None for problem in _problems(form)]


def _problems(form: BaseForm | BaseFormSet[Any]) -> Iterator[Problem]:
    if isinstance(form, BaseFormSet):
        if form.is_bound:
            yield from (Problem(str(error), "") for error in form.non_form_errors())
            yield from problems_of(form.forms)
        return
    first = next((anchor_of(bound) for bound in form.visible_fields()), "")
    for error in form.non_field_errors():
        yield Problem(str(error), first)
    for bound in form:
        for error in bound.errors:
            yield Problem(str(error), "" if bound.is_hidden else anchor_of(bound))


def _choices(bound: BoundField) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return (heading, choices) pairs; Django makes a group of each choice without a heading."""
    widget = cast("ChoiceWidget", bound.field.widget)
    context = widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})
    return [
        (heading, [option for _, options, _ in groups for option in options])
        for heading, groups in groupby(context["widget"]["optgroups"], key=itemgetter(0))
    ]


def _attributes(
    bound: BoundField, kind: str, about: list[str], options: dict[str, Any]
) -> dict[str, Any]:
    if kind == "date":
        return {"wrong": wrong_parts(bound), "id": bound.auto_id}
    base = "wk-file" if kind == "file" else f"nhsuk-{kind}"
    classes = [base]
    if bound.errors:
        classes.append(f"{base}--error")
    if options.get("width"):
        classes.append(f"{base}--width-{options['width']}")
    own = bound.field.widget.attrs.get("class", "")
    attributes: dict[str, Any] = {"class": " ".join([*classes, own]).strip()}
    if about:
        attributes["aria-describedby"] = " ".join(about)
    if kind == "textarea":
        attributes["rows"] = options.get("rows") or 5
    return attributes
