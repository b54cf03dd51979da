"""What is asked for on the screens about retention."""

from typing import Any

from django import forms

from evidence_review.evidence.models import Evidence, EvidenceType
from evidence_review.retention.actions.set_rule import Wanted
from evidence_review.retention.models import LONGEST_MONTHS, LegalHold, RetentionRule
from evidence_review.retention.terms import BASES_OF_RULES, Basis
from portal.people.models import Site

_YEAR = 12
_MOST_YEARS = LONGEST_MONTHS // _YEAR


class RuleForm(forms.Form):
    """How long one kind is kept."""

    use_required_attribute = False
    years = forms.IntegerField(
        label="Years",
        min_value=0,
        max_value=_MOST_YEARS,
        error_messages={"required": "Enter the years. Enter 0 for less than a year."},
    )
    extra_months = forms.IntegerField(
        label="And months", min_value=0, max_value=11, initial=0, required=False
    )
    basis = forms.ChoiceField(
        label="Counted from",
        choices=[(basis.value, basis.label) for basis in BASES_OF_RULES],
        help_text="A file that is used after the end of the period it covers counts from the day "
        "it was replaced or withdrawn.",
    )
    months_never_approved = forms.IntegerField(
        label="Months for a file that was never approved",
        help_text="Counted from the day it was refused, returned, withdrawn or replaced.",
        min_value=1,
        max_value=LONGEST_MONTHS,
        error_messages={"required": "Enter the months for a file that was never approved."},
    )
    source = forms.CharField(
        label="Where this comes from",
        help_text="Such as the page of the Records Management Code, or who decided it.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say where this comes from."},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period of nothing, or of more than a hundred years."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "years" in data and "extra_months" in data:
            months = data["years"] * _YEAR + (data["extra_months"] or 0)
            if not 1 <= months <= LONGEST_MONTHS:
                self.add_error("years", f"Enter between 1 month and {_MOST_YEARS} years.")
            data["months"] = months
        return data

    def wanted(self) -> Wanted:
        """Return what the action takes."""
        data = self.cleaned_data
        return Wanted(
            months=data["months"],
            basis=Basis(data["basis"]),
            months_never_approved=data["months_never_approved"],
            source=data["source"],
        )

    @staticmethod
    def values_of(rule: RetentionRule) -> dict[str, Any]:
        """Return what the form shows of a rule."""
        return {
            "years": rule.months // _YEAR,
            "extra_months": rule.months % _YEAR,
            "basis": rule.basis,
            "months_never_approved": rule.months_never_approved,
            "source": rule.source,
        }


class HoldForm(forms.Form):
    """What is held back, and why. The reason is checked by the action."""

    use_required_attribute = False
    scope = forms.ChoiceField(label="What to hold", choices=LegalHold.Scope.choices)
    site = forms.ModelChoiceField(
        label="Which site",
        queryset=Site.objects.order_by("name"),
        required=False,
        empty_label="Choose a site",
        help_text="Only for everything of one site.",
    )
    evidence = forms.CharField(widget=forms.HiddenInput, required=False, max_length=22)
    reason = forms.CharField(
        label="Reason",
        help_text="It is kept in the history, where others read it. Name no one who is cared for.",
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        required=False,
        strip=False,
    )

    def __init__(self, *args: Any, evidence: Evidence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = evidence
        if evidence is None:
            # One piece of evidence is chosen on its own page.
            choices = LegalHold.Scope.choices
            self.fields["scope"] = forms.ChoiceField(
                label="What to hold",
                choices=[pair for pair in choices if pair[0] != LegalHold.Scope.EVIDENCE],
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the site where one is needed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        is_site = data.get("scope") == LegalHold.Scope.SITE
        if is_site and data.get("site") is None and "site" not in self.errors:
            self.add_error("site", "Choose the site.")
        return data

    def covered(self) -> dict[str, Any]:
        """Return what the action takes."""
        scope = self.cleaned_data["scope"]
        return {
            "evidence": self.one if scope == LegalHold.Scope.EVIDENCE else None,
            "site": self.cleaned_data["site"] if scope == LegalHold.Scope.SITE else None,
        }


class DueFilter(forms.Form):
    """How the list of what is due is narrowed."""

    use_required_attribute = False
    q = forms.CharField(label="Words in the title", required=False, max_length=100)
    site = forms.ModelChoiceField(
        label="Site", queryset=Site.objects.order_by("name"), required=False, empty_label="Any"
    )
    kind = forms.ModelChoiceField(
        label="Kind", queryset=EvidenceType.objects.all(), required=False, empty_label="Any"
    )

    def asked(self) -> dict[str, Any]:
        """Return what ``due_for_disposal`` takes; what is not known is ignored."""
        self.is_valid()
        data = self.cleaned_data
        kind = data.get("kind")
        return {
            "site": data.get("site"),
            "type_id": kind.pk if kind else None,
            "words": data.get("q") or "",
        }
