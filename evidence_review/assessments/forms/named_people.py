"""The shape of what people type about who holds a duty. Rules live in the actions."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from evidence_review.assessments.actions.named_people import DutyDetails
from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.queries.named_people import (
    OFFERED,
    evidence_to_offer,
    may_name_for_all,
    people_to_name,
    sites_to_name_for,
)
from evidence_review.assessments.states import Duty
from evidence_review.evidence.queries import visible_evidence
from portal.accounts.fields import OneLine
from portal.chrome.dates import DateField3
from portal.chrome.forms import PlainForm
from portal.people.models import User

WHOLE_ORGANISATION = "all"


class NamedPersonForm(PlainForm):
    """Who, with what job title, where, how they were given the duty, and what shows it."""

    person = forms.ChoiceField(
        label="Who is it?",
        required=False,
        help_text="Somebody who works with evidence here. For anybody else, type the name below.",
    )
    name = OneLine(label="Name, if they are not in the list", max_length=200, required=False)
    job_title = OneLine(
        label="Job title (optional)",
        max_length=120,
        required=False,
        help_text="Leave it empty for the job title that the portal knows.",
    )
    site = forms.ChoiceField(
        label="For which site?", error_messages={"required": "Choose the site"}
    )
    how_assigned = OneLine(
        label="How were they given this duty?",
        max_length=300,
        help_text="For example, board meeting of 3 March 2026, or in their job description.",
        error_messages={"required": "Say how they were given this duty"},
    )
    evidence = forms.ChoiceField(
        label="What shows it? (optional)",
        required=False,
        help_text="Evidence in the portal, like the minutes or the job description.",
    )
    starts = DateField3(
        label="Since when?", help_text="For example, 3 3 2026", name_in_error="The day"
    )

    def __init__(
        self, *args: Any, duty: Duty, actor: User, held: NamedPerson | None = None, **kwargs: Any
    ) -> None:
        if held:
            kwargs["initial"] = _initial(held)
        else:
            kwargs.setdefault("initial", {"starts": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self._people = {one.public_id: one for one in people_to_name(held)[:OFFERED]}
        self._sites = {one.public_id: one for one in sites_to_name_for(actor)}
        self._evidence = {one.public_id: one for one in evidence_to_offer(actor, held)}
        self._choose("person", [("", "Choose somebody")], _labels(self._people, "actor_label"))
        self._choose("evidence", [("", "Nothing yet")], self._titles(actor))
        sites = _labels(self._sites, "name")
        whole = [(WHOLE_ORGANISATION, "The whole organisation")]
        is_for_all = duty is not Duty.REGISTERED_MANAGER and may_name_for_all(actor)
        first = whole if is_for_all else [("", "Choose the site")] * (len(sites) != 1)
        self._choose("site", first, sites)

    def clean(self) -> dict[str, Any] | None:
        """Ask for just one of a person and a name, and for a job title of somebody typed."""
        said = super().clean()
        data = self.cleaned_data
        if bool(data.get("person")) == bool(data.get("name")):
            self.add_error("person", "Choose somebody, or type a name: one of the two")
        elif data.get("name") and not data.get("job_title"):
            self.add_error("job_title", "Enter the job title, because the portal does not know it")
        return said

    def clean_job_title(self) -> str:
        """Return what was typed; otherwise what the portal knows of the chosen person."""
        typed: str = self.cleaned_data["job_title"]
        chosen = self._people.get(self.cleaned_data.get("person", ""))
        if chosen and not (typed or chosen.job_title):
            raise ValidationError("Enter the job title, because the portal does not know it")
        return typed or (chosen.job_title if chosen else "")

    def details(self) -> DutyDetails:
        """Return what a valid form says."""
        data = self.cleaned_data
        return DutyDetails(
            person=self._people.get(data["person"]),
            name=data["name"],
            job_title=data["job_title"],
            site=self._sites.get(data["site"]),
            how_assigned=data["how_assigned"],
            evidence=self._evidence.get(data["evidence"]),
            starts=data["starts"],
        )

    def _titles(self, actor: User) -> list[tuple[str, str]]:
        """Return the evidence to choose; what the actor may not see is kept without its title."""
        seen = set(visible_evidence(actor).filter(public_id__in=self._evidence).values_list("pk"))
        return [
            (public_id, one.title if (one.pk,) in seen else "Evidence that you may not see")
            for public_id, one in self._evidence.items()
        ]

    def _choose(self, name: str, first: list[tuple[str, str]], rest: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = first + rest


class EndDutyForm(PlainForm):
    """The last day of a duty."""

    last_day = DateField3(
        label="What was, or will be, the last day?",
        help_text="For example, 30 6 2027",
        name_in_error="The last day",
    )


def _initial(held: NamedPerson) -> dict[str, Any]:
    return {
        "person": held.person.public_id if held.person else "",
        "name": held.name,
        "job_title": held.job_title,
        "site": held.site.public_id if held.site else WHOLE_ORGANISATION,
        "how_assigned": held.how_assigned,
        "evidence": held.evidence.public_id if held.evidence else "",
        "starts": held.starts,
    }


def _labels(rows: dict[str, Any], attribute: str) -> list[tuple[str, str]]:
    return [(public_id, str(getattr(row, attribute))) for public_id, row in rows.items()]
