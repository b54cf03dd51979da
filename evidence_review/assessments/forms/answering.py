"""The shape of what people type while they answer. Rules live in the actions."""

from typing import Any, cast

from django import forms
from django.core.validators import URLValidator

from evidence_review.assessments.answer import FIELDS, Answer
from evidence_review.assessments.models import Response
from portal.chrome.dates import DateField3
from portal.chrome.forms import PlainForm
from portal.frameworks.models import Edition, Requirement
from portal.frameworks.states import AnswerKind
from portal.people.models import Site, User

MOST_WORDS = 5000
MOST_REMARK = 2000
HEAD_OFFICE = "head-office"
_LARGEST = 2**31 - 1


class WrittenField(forms.CharField):
    """Words of several lines. What is too long comes back whole, with the limit beside it."""

    def __init__(self, *, called: str, max_length: int, **kwargs: Any) -> None:
        super().__init__(
            max_length=max_length,
            widget=forms.Textarea(),
            error_messages={
                "max_length": f"{called} may have %(limit_value)d characters. "
                "This has %(show_value)d, so take some out",
                "null_characters_not_allowed": f"{called} holds a character that cannot be kept. "
                "Type it again",
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        """Return the words with plain line ends: a browser counts each as one character."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave ``maxlength`` out: a browser would cut off what is pasted and not say so."""
        return {}


class WebLinkField(forms.URLField):
    """An address that begins with http or https."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class AnswerForm(PlainForm):
    """The answer to one question, with the fields its kind asks for."""

    revision = forms.IntegerField(min_value=0, max_value=_LARGEST, widget=forms.HiddenInput)
    tick = forms.TypedChoiceField(
        choices=(("yes", "Yes"), ("no", "No, not yet")),
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        label="Your answer",
    )
    text = WrittenField(
        called="Your answer",
        max_length=MOST_WORDS,
        required=False,
        help_text="Name the document, the page and the date. Do not name people you support.",
    )
    kept_where = forms.CharField(
        max_length=300,
        required=False,
        label="Where it is kept (optional)",
        help_text="For example, HR cupboard in the office, folder 12.",
    )
    link = WebLinkField(
        max_length=500,
        required=False,
        assume_scheme="https",
        label="A link to it (optional)",
        help_text="For a document on your intranet or website.",
        error_messages={"invalid": "Enter a whole link, such as https://intranet.example/policy"},
    )
    document_date = DateField3(
        required=False,
        label="Date of the document (optional)",
        help_text="The day on its first page. For example, 2 11 2026.",
        name_in_error="The date of the document",
    )
    not_applicable = forms.BooleanField(required=False, label="This does not apply to us")
    reason_not_applicable = WrittenField(
        called="The reason",
        max_length=MOST_REMARK,
        required=False,
        label="Why it does not apply",
    )
    comment = WrittenField(
        called="The comment",
        max_length=MOST_REMARK,
        required=False,
        label="Comment for next year (optional)",
        help_text="What should whoever answers this next year know?",
    )

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = AnswerKind(requirement.answer_kind)
        for name in _not_asked(requirement):
            del self.fields[name]
        self.fields["text"].label = _LABELS.get(self.kind, "Your answer")

    def clean(self) -> dict[str, Any]:
        """Ask for the reason when something does not apply."""
        data: dict[str, Any] = super().clean() or {}
        reason = data.get("reason_not_applicable")
        if data.get("not_applicable") and reason is not None and not reason.strip():
            self.add_error("reason_not_applicable", "Say why this does not apply to you")
        return data

    def answer(self, kept: Answer) -> Answer:
        """Return what was typed; what the question does not ask for stays as it is kept."""
        asked = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return Answer(**{name: getattr(kept, name) for name in FIELDS} | asked)


_LABELS = {
    AnswerKind.YES_NO: "How do you know, and where can somebody see it?",
    AnswerKind.TEXT: "Your answer",
    AnswerKind.DOCUMENT_OR_TEXT: "What the document is, and where in it to look",
}


def _not_asked(requirement: Requirement) -> list[str]:
    gone = []
    if requirement.answer_kind != AnswerKind.YES_NO:
        gone.append("tick")
    if requirement.answer_kind != AnswerKind.DOCUMENT_OR_TEXT:
        gone += ["kept_where", "link", "document_date"]
    if not requirement.na_allowed:
        gone += ["not_applicable", "reason_not_applicable"]
    return gone


def initial_of(response: Response, answer: Answer | None = None) -> dict[str, Any]:
    """Return the initial values of an AnswerForm for an answer, the kept one unless given."""
    answer = answer or Answer.of(response)
    tick = {True: "yes", False: "no"}.get(answer.tick) if answer.tick is not None else ""
    values = {name: getattr(answer, name) for name in FIELDS}
    return values | {"tick": tick, "revision": response.revision}


class NoteForm(PlainForm):
    """One note in the discussion of an answer."""

    note = WrittenField(
        called="The note",
        max_length=MOST_REMARK,
        label="Write a note",
        help_text="Your colleagues read it. It stays with the answer and cannot be changed.",
    )


class PersonField(forms.ModelChoiceField[User]):
    """A choice among people, each with their job title."""

    def label_from_instance(self, obj: User) -> str:
        """Return how the person is named everywhere."""
        return obj.actor_label


class AssignForm(PlainForm):
    """Who answers a question, and by when."""

    person = PersonField(
        User.objects.none(),
        required=False,
        label="Who answers it",
        empty_label="Nobody in particular",
        to_field_name="public_id",
    )
    due = DateField3(
        required=False,
        label="By when (optional)",
        help_text="For example, 31 3 2027.",
        name_in_error="The day",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["person"]).queryset = people


class StartForm(PlainForm):
    """Which assessment to start, and for whom."""

    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label="What you will answer",
        empty_label=None,
        to_field_name="code",
    )
    owner = forms.ChoiceField(label="Who it is for")

    def __init__(
        self, *args: Any, editions: Any, sites: Any, head_office: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Edition]", self.fields["edition"]).queryset = editions
        self._sites: dict[str, Site] = {site.public_id: site for site in sites}
        choices = [(HEAD_OFFICE, "Head office, for sites that all work the same way")]
        cast("forms.ChoiceField", self.fields["owner"]).choices = [
            *(choices if head_office else ()),
            *((key, site.name) for key, site in self._sites.items()),
        ]

    @property
    def site(self) -> Site | None:
        """The chosen site; ``None`` for head office."""
        return self._sites.get(self.cleaned_data["owner"])
