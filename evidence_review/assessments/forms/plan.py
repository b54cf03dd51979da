"""Shapes of what is planned, changed and finished."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from evidence_review.assessments.forms.answering import PersonField, WrittenField
from evidence_review.assessments.models import Response
from evidence_review.assessments.proposals import proposed_action
from evidence_review.evidence.models import Evidence
from portal.chrome.dates import DateField3
from portal.chrome.forms import PlainForm
from portal.people.models import User

LONGEST_ACTION = 500
_TOO_LONG = {
    "max_length": "What will be done may have %(limit_value)d characters. "
    "This has %(show_value)d, so take some out"
}


class ActionForm(PlainForm):
    """What will be done, by whom and by when."""

    what = forms.CharField(
        max_length=LONGEST_ACTION,
        label="What will be done",
        help_text="One thing that somebody can do and then say that it is done.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_TOO_LONG | {"required": "Say what will be done"},
    )
    owner = PersonField(
        queryset=User.objects.none(),
        label="Who sees to it",
        to_field_name="public_id",
        empty_label="Choose somebody",
        error_messages={"required": "Choose who sees to it"},
    )
    due = DateField3(label="By when", help_text="For example, 31 3 2027.", name_in_error="The day")

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["owner"]).queryset = owners


class FinishForm(PlainForm):
    """What came of an action, and what shows it."""

    outcome = WrittenField(
        called="What came of it",
        max_length=2000,
        label="What came of it",
        help_text="What is different now? Name documents and days. Do not name people you support.",
    )
    evidence = forms.ModelChoiceField(
        queryset=Evidence.objects.none(),
        required=False,
        to_field_name="public_id",
        label="Evidence that shows it (optional)",
        help_text="Evidence that supports this question. To add another, upload it first.",
        empty_label="No evidence",
    )

    def __init__(self, *args: Any, evidence: QuerySet[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].error_messages["required"] = "Say what came of it"
        cast("forms.ModelChoiceField[Evidence]", self.fields["evidence"]).queryset = evidence


class DropForm(PlainForm):
    """Why an action is no longer needed."""

    reason = WrittenField(called="The reason", max_length=2000, label="Why is it no longer needed?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why it is no longer needed"


class SharedForm(PlainForm):
    """An owner and a day for every row of a draft that has none of its own."""

    owner = PersonField(
        queryset=User.objects.none(),
        required=False,
        label="Who sees to it, where no one is chosen below",
        to_field_name="public_id",
        empty_label="Choose for each row",
    )
    due = DateField3(
        required=False, label="By when, where no day is given below", name_in_error="The day"
    )

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["owner"]).queryset = owners


class DraftRow(PlainForm):
    """One proposed action of a draft; a row that is not wanted is passed over."""

    wanted = forms.BooleanField(required=False)
    what = forms.CharField(
        max_length=LONGEST_ACTION,
        label="What will be done",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_TOO_LONG,
    )
    owner = forms.ChoiceField(label="Who sees to it", required=False)
    due = forms.DateField(
        label="By when",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "The day must be a real date, such as 31/3/2027"},
    )

    def __init__(
        self,
        *args: Any,
        response: Response,
        people: Sequence[User],
        shared: SharedForm | None = None,
        **kwargs: Any,
    ) -> None:
        self.response, self._shared = response, shared
        self._people = {person.public_id: person for person in people}
        assigned = response.assigned_to
        kwargs["initial"] = {
            "wanted": True,
            "what": proposed_action(response),
            "owner": assigned.public_id if assigned else "",
            "due": response.due,
        }
        super().__init__(*args, prefix=f"q{response.requirement_id}", **kwargs)
        cast("forms.ChoiceField", self.fields["owner"]).choices = [
            ("", "As above"),
            *((key, person.actor_label) for key, person in self._people.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Fill in what all rows share, and ask for what is missing of a wanted row."""
        data: dict[str, Any] = super().clean() or {}
        shared = self._shared.cleaned_data if self._shared else {}
        if not data.get("wanted"):
            return {"wanted": False}
        data["owner"] = self._people.get(data.get("owner", "")) or shared.get("owner")
        data["due"] = data.get("due") or shared.get("due")
        ref = self.response.requirement.ref
        for name, problem in (
            ("what", f"Say what will be done for {ref}"),
            ("owner", f"Choose who sees to {ref}"),
            ("due", f"Enter the day for {ref}"),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, problem)
        return data


def say_once(shared: SharedForm, rows: Sequence[DraftRow]) -> None:
    """Ask once, above the rows, for what several of them lack, instead of beside each."""
    for name, sentence in (
        ("owner", "Choose who sees to it, here or in every row"),
        ("due", "Enter the day, here or in every row"),
    ):
        lacking = [row for row in rows if name in row.errors and not row[name].data]
        if len(lacking) > 1 and name not in shared.errors:
            shared.add_error(name, sentence)
        if len(lacking) > 1:
            for row in lacking:
                del row.errors[name]
