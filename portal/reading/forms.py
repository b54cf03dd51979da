"""The shape of what readers send."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.chrome.forms import PlainForm
from portal.reading.quiz import Question

_LARGEST_ID = 2**63 - 1


class VersionForm(PlainForm):
    """Names the version that was shown, so that nothing else is confirmed."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=_LARGEST_ID,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "Open the policy again. The page did not say which version you read.",
        ),
    )


class ConfirmForm(VersionForm):
    """The box under a policy."""

    read = forms.BooleanField(
        label="I have read this policy and I understand what I must do",
        error_messages={"required": "Tick the box to say you have read this policy"},
    )


class QuizForm(VersionForm):
    """The questions, one after the other, each with its answers; none is chosen beforehand."""

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = [f"question_{number}" for number in range(1, len(questions) + 1)]
        for number, (name, question) in enumerate(zip(self._names, questions, strict=True), 1):
            self.fields[name] = forms.TypedChoiceField(
                label=f"{number}. {question.text}",
                choices=list(enumerate(question.answers)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Choose an answer to question {number}",
                    "invalid_choice": f"Choose one of the answers to question {number}",
                },
            )

    def chosen(self) -> list[int]:
        """Return the place of each chosen answer, question by question."""
        return [self.cleaned_data[name] for name in self._names]


class AskForm(PlainForm):
    """What a reader does not understand."""

    question = forms.CharField(
        label="What do you not understand?",
        help_text="Say which part, in your own words. Do not name the people you support.",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Write what you do not understand"},
    )
