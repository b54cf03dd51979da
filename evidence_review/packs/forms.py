"""The shape of what an IG lead chooses for a pack."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.parts import label_of
from evidence_review.inspection.permissions import INVITERS, user_can_give_access
from evidence_review.inspection.queries import manageable_access
from evidence_review.packs.scopes import Choice
from portal.chrome.dates import DayInput
from portal.chrome.forms import PlainForm
from portal.frameworks.models import Edition, Requirement
from portal.frameworks.queries import current_editions, requirements_in_use
from portal.people.models import Site, User
from portal.people.queries import sites_for


class PackForm(PlainForm):
    """Frameworks, statements, sites, days, and whether with files."""

    EVERY, CHOSEN = "every", "chosen"

    editions: forms.ModelMultipleChoiceField[Edition] = forms.ModelMultipleChoiceField(
        label="Evidence for",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the pack is to hold evidence for"},
    )
    statements: forms.ModelMultipleChoiceField[Requirement] = forms.ModelMultipleChoiceField(
        label="Only these statements and requirements",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none for all of them.",
    )
    which = forms.ChoiceField(
        label="Sites",
        choices=[(EVERY, "Every site"), (CHOSEN, "Only these sites")],
        initial=EVERY,
        widget=forms.RadioSelect,
    )
    sites: forms.ModelMultipleChoiceField[Site] = forms.ModelMultipleChoiceField(
        label="Which sites",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Evidence for the whole organisation is always in.",
    )
    approved_from = forms.DateField(
        label="Approved from",
        required=False,
        widget=DayInput,
        help_text="Empty: from the beginning.",
    )
    approved_to = forms.DateField(
        label="Approved up to", required=False, widget=DayInput, help_text="Empty: until today."
    )
    with_files = forms.BooleanField(label="With the files themselves", required=False, initial=True)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The fields of a form are copies, so this is this form's own choice.
        self.fields["sites"].queryset = sites_for(actor, INVITERS)  # type: ignore[attr-defined]  # a model field
        self.fields["editions"].queryset = current_editions()  # type: ignore[attr-defined]  # a model field
        self.fields["editions"].initial = [edition.pk for edition in current_editions()]
        statements = self.fields["statements"]
        statements.queryset = requirements_in_use()  # type: ignore[attr-defined]  # a model field
        statements.label_from_instance = _statement  # type: ignore[attr-defined]  # a model field
        if not user_can_give_access(actor, None):
            del self.fields["which"]

    def clean(self) -> dict[str, Any]:
        """Hold the days in order, the sites to the choice, the statements to the frameworks."""
        said = super().clean() or {}
        first, last = said.get("approved_from"), said.get("approved_to")
        if first and last and last < first:
            self.add_error("approved_to", "The last day must not be before the first")
        if not self._is_every and "sites" in said and not said["sites"]:
            self.add_error("sites", "Choose at least one site")
        editions = set(said.get("editions") or ())
        astray = [row for row in said.get("statements") or () if row.edition not in editions]
        if editions and astray:
            self.add_error(
                "statements",
                f"“{astray[0].title}” belongs to {astray[0].edition}, which is not chosen above",
            )
        return said

    @property
    def _is_every(self) -> bool:
        return self.cleaned_data.get("which") == self.EVERY

    def choice(self) -> Choice:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Choice(
            editions=list(said["editions"]),
            statements=list(said["statements"]),
            sites=None if self._is_every else list(said["sites"]),
            approved_from=said["approved_from"],
            approved_to=said["approved_to"],
            with_files=said["with_files"],
        )


class InspectorsPackForm(PlainForm):
    """Which inspector a pack is for: it then holds exactly what they see."""

    access: forms.ModelChoiceField[InspectorAccess] = forms.ModelChoiceField(
        label="Inspector",
        queryset=None,
        to_field_name="public_id",
        empty_label="Choose an inspector",
        error_messages={"required": "Choose an inspector"},
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access"].queryset = open_access(actor)  # type: ignore[attr-defined]  # a model field


def open_access(person: User) -> QuerySet[InspectorAccess]:
    """Return the accesses that are open and the person's to manage."""
    now = timezone.now()
    return manageable_access(person).filter(revoked_at=None, starts__lte=now, ends__gt=now)


def _statement(row: Requirement) -> str:
    return f"{row.edition}: {label_of(row)}"
