"""The shape of what people type in a claim. Rules live in the actions."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from evidence_review.assessments.claim_details import ClaimDetails
from evidence_review.assessments.forms.answering import WrittenField
from evidence_review.assessments.models import StatementClaim
from evidence_review.assessments.queries.claims import evidence_to_choose, possible_owners
from evidence_review.evidence.models import Evidence
from portal.chrome.forms import PlainForm
from portal.frameworks.models import EvidenceCategory, Requirement
from portal.people.models import Site, User
from portal.people.queries import holds_everywhere, sites_for
from portal.people.roles import EVIDENCE_WRITERS

WHOLE_ORGANISATION = "all"
NO_NAMES = "Never write the name of a person you support, nor anything that tells who it is."


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no brackets at run time
    """A person, with their job title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and job title."""
        return str(obj.actor_label)


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """A kind of evidence, with what it is."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, and what is meant by it."""
        return f"{obj.name}. {obj.explanation}".strip(". ") + "."


class ClaimForm(PlainForm):
    """One sentence, what changed because of it, and what shows it."""

    claim = WrittenField(
        called="The sentence",
        label="What is true here, in one sentence",
        max_length=300,
        help_text="An inspector will read it. For example, We check every month that records "
        f"are locked away. {NO_NAMES}",
    )
    what_changed = WrittenField(
        called="What changed",
        label="What changed because of it (optional)",
        required=False,
        max_length=500,
        help_text="What got better, for whom, and since when. For example, Since March every "
        f"tablet locks after 1 minute. {NO_NAMES}",
    )
    category = KindField(
        EvidenceCategory.objects.none(),
        label="Kind of evidence",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    site = forms.ChoiceField(label="Site")
    owner = OwnerField(
        User.objects.none(),
        empty_label=None,
        help_text="Who can tell an inspector more about it.",
    )
    evidence = forms.MultipleChoiceField(
        label="Evidence that shows it (optional)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Inspectors see a claim once it has evidence and all of that is approved.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        person: User,
        statement: Requirement,
        held: StatementClaim | None = None,
        site: Site | None = None,
        speaking: Sequence[Requirement] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].error_messages["required"] = (
            "Enter one sentence that says what is true"
        )
        self._offer_categories(statement)
        self._offer_sites(person, held)
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = possible_owners(person, held)
        sent = cast("QueryDict", self.data).getlist("evidence") if self.is_bound else ()
        # A NUL never reaches the database, which knows no way to keep one.
        named = {key for key in sent if key.isprintable()}
        found = evidence_to_choose(statement, speaking, person, site=site, held=held, named=named)
        self._evidence: dict[str, Evidence] = {one.public_id: one for one in found}
        cast("forms.MultipleChoiceField", self.fields["evidence"]).choices = [
            (key, _label(one)) for key, one in self._evidence.items()
        ]

    def _offer_categories(self, statement: Requirement) -> None:
        categories = EvidenceCategory.objects.filter(edition=statement.edition_id)
        if not categories:
            del self.fields["category"]
            return
        cast("forms.ModelChoiceField[Any]", self.fields["category"]).queryset = categories

    def _offer_sites(self, person: User, held: StatementClaim | None) -> None:
        self._sites = {one.public_id: one for one in sites_for(person, EVIDENCE_WRITERS)}
        if held and held.site:
            self._sites.setdefault(held.site.public_id, held.site)
        choices = [(key, one.name) for key, one in self._sites.items()]
        if holds_everywhere(person, EVIDENCE_WRITERS):
            choices.append((WHOLE_ORGANISATION, "The whole organisation"))
        cast("forms.ChoiceField", self.fields["site"]).choices = choices

    def details(self) -> ClaimDetails:
        """Return what was typed."""
        data = self.cleaned_data
        return ClaimDetails(
            claim=data["claim"],
            what_changed=data["what_changed"],
            category=data.get("category"),
            site=self._sites.get(data["site"]),
            owner=data["owner"],
            evidence=[self._evidence[key] for key in data["evidence"]],
        )


def _label(evidence: Evidence) -> str:
    waits = "" if vars(evidence)["is_approved"] else " (not approved yet)"
    return f"{evidence.title}, {evidence.site or 'the whole organisation'}{waits}"


class WithdrawForm(PlainForm):
    """Why a claim is taken back."""

    reason = WrittenField(
        called="The reason",
        max_length=500,
        help_text="Kept in the record. For example, We do this in another way since October. "
        f"{NO_NAMES}",
    )


def details_of(claim: StatementClaim, revision: int) -> dict[str, Any]:
    """Return the initial values of a ClaimForm for a claim."""
    return {
        "claim": claim.claim,
        "what_changed": claim.what_changed,
        "category": claim.category_id,
        "site": claim.site.public_id if claim.site else WHOLE_ORGANISATION,
        "owner": claim.owner_id,
        "evidence": [one.public_id for one in claim.evidence.all()],
        "revision": revision,
    }
