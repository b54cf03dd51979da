"""The shape of what people send about the policy library."""

from typing import Any

from django import forms

from portal.chrome.forms import PlainForm
from portal.people.models import User
from portal.policy_library.queries import people_who_may_own
from portal.policy_library.standing import LABELS


class AdoptForm(PlainForm):
    """Who will answer for the policy, and whether another copy is really wanted."""

    another_copy = forms.BooleanField(required=False, label="Make another copy")

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.ModelChoiceField(
            queryset=people_who_may_own(),
            initial=actor.pk,
            label="Owner",
            help_text="Who answers for this policy. The owner cannot approve it.",
            empty_label=None,
        )


class FilterForm(forms.Form):
    """What the list is narrowed to. Anything that cannot be meant is left out."""

    q = forms.CharField(required=False, max_length=100, label="Words in title or summary")
    standing = forms.ChoiceField(
        required=False, label="State", choices=[("", "All"), *LABELS.items()]
    )


class TakeOverForm(forms.Form):
    """Which starter version the person compared."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
