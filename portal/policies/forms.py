"""The shape of what people send about policies."""

from typing import Any

from django import forms


class DecisionForm(forms.Form):
    """The decision on a policy that waits. ``revision`` is the one the person looked at."""

    APPROVE, RETURN = "approve", "return"

    revision = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=[(APPROVE, "Approve and publish"), (RETURN, "Return with reasons")],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        required=False,
        max_length=2000,
        label="Reasons",
        help_text="Needed when you return the policy. Say what should change.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """A return needs a reason."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("outcome") == self.RETURN and not values.get("reason", "").strip():
            self.add_error("reason", "Say what should change, so that the editor can put it right.")
        return values
