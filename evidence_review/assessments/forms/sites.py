"""Shapes of what is said about sites: sameness, which are covered, what is different at one."""

from typing import Any

from django import forms

from evidence_review.assessments.forms.answering import MOST_REMARK, WrittenField
from evidence_review.assessments.sameness import NAMES, QUESTIONS
from portal.chrome.forms import PlainForm

_YES, _NO = "yes", "no"
_WORDS = {True: _YES, False: _NO, None: ""}
_LONGEST_WORDS = 200
_TOO_LONG = 10
"""Digits: more than any revision has."""


class SamenessForm(PlainForm):
    """The four questions; each may be left for later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.name] = forms.ChoiceField(
                label=question.text,
                help_text=question.meaning,
                choices=[(_YES, "Yes, at all of them"), (_NO, "No, not at all of them")],
                widget=forms.RadioSelect,
                required=False,
            )

    @staticmethod
    def initial_of(answers: dict[str, bool | None]) -> dict[str, str]:
        """Return kept answers as the form shows them."""
        return {name: _WORDS[answer] for name, answer in answers.items()}

    def answers(self) -> dict[str, bool | None]:
        """Return the cleaned answers."""
        meaning = {word: answer for answer, word in _WORDS.items()}
        return {name: meaning[self.cleaned_data[name]] for name in NAMES}


class DifferenceForm(PlainForm):
    """What is different at a site."""

    difference = WrittenField(
        called="What is different",
        max_length=MOST_REMARK,
        label="What is different here?",
        help_text="Say what you do instead, so that somebody who has never been here understands "
        "it. Do not name people you support.",
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["difference"].error_messages["required"] = "Say what is different here"


def answers_as_shown(sent: list[str]) -> dict[str, int]:
    """Return the answers somebody confirms, as ``id:revision`` in the form, by id.

    What has another form is left out: it was not written by our page.
    """
    shown = {}
    for one in sent:
        public_id, _, revision = one.partition(":")
        if (
            public_id.isprintable()
            and revision.isascii()
            and revision.isdigit()
            and len(revision) < _TOO_LONG
        ):
            shown[public_id] = int(revision)
    return shown


def words_of(asked: str) -> str:
    """Return the words of a search box, without what no name holds."""
    return " ".join(asked.replace("\x00", "").split())[:_LONGEST_WORDS]
