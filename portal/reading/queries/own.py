"""What one person is to read, what they confirmed, and which questions they answered."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, Length
from django.utils import timezone

from portal.chrome.words import days_until
from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.policies.queries import current_policies, policies_for
from portal.reading.models import Acknowledgement, QuizTry
from portal.reading.queries.asked import with_asked_since
from portal.reading.standing import last_day

_SOON = 7
_CHARACTERS_A_MINUTE = 1_400
"""Of a text as it is kept: about two hundred words, with what marks its paragraphs."""


@dataclass(frozen=True)
class ToRead:
    """A policy that somebody is to read and confirm."""

    page: PolicyPage
    version: PolicyVersion
    due: date | None
    is_late: bool
    has_changed: bool
    minutes: int

    @property
    def is_soon(self) -> bool:
        """Whether it is due within a week."""
        return self.due is not None and self.due <= timezone.localdate() + timedelta(days=_SOON)

    @property
    def due_in_words(self) -> str:
        """How far away the day is: "in 7 days", "today"."""
        return days_until(self.due)

    @property
    def order(self) -> tuple[date, str]:
        """What is due first comes first."""
        return self.due or date.max, self.page.title


def to_read(person: User) -> list[ToRead]:
    """Return the policies asked of a person whose major version they have not confirmed.

    What is due first comes first, so what is overdue stands at the top. One statement, however many
    policies and people there are.
    """
    asked = with_own_reading(current_policies(), person).filter(
        in_force__version__asks_to_confirm=True, asked_since__isnull=False, is_confirmed=False
    )
    pages = asked.annotate(length=Length(Cast("body", TextField()))).defer("body", "quiz")
    return sorted((_to_read(page) for page in pages), key=lambda one: one.order)


def _to_read(page: PolicyPage) -> ToRead:
    version = page.in_force.version
    due = last_day(version, page.confirm_days, page.asked_since)
    return ToRead(
        page=page,
        version=version,
        due=due,
        is_late=due is not None and due < timezone.localdate(),
        has_changed=page.has_read_before,
        minutes=max(1, round(page.length / _CHARACTERS_A_MINUTE)),
    )


def policies_with_own_reading(person: User) -> QuerySet[PolicyPage]:
    """Return the policies a person may read, each with what is asked of them and was confirmed."""
    return with_own_reading(policies_for(person), person).defer("body", "quiz")


def with_own_reading(pages: QuerySet[PolicyPage], person: User) -> QuerySet[PolicyPage]:
    """Annotate policies with ``asked_since``, ``is_confirmed`` and ``has_read_before``.

    ``is_confirmed`` is of the version in force, or of one it changes little.
    """
    kept = Acknowledgement.objects.filter(page=OuterRef("pk"), person=person)
    annotated: QuerySet[PolicyPage] = with_asked_since(pages, person).annotate(
        is_confirmed=Exists(kept.filter(major=OuterRef("in_force__version__major"))),
        has_read_before=Exists(kept),
    )
    return annotated


def confirmations_of(person: User) -> QuerySet[Acknowledgement]:
    """Return everything a person ever confirmed, newest first, with version and policy."""
    return (
        Acknowledgement.objects.filter(person=person)
        .select_related("version", "page", "recorded_by")
        .defer("page__body", "page__quiz")
        .order_by("-at", "-pk")
    )


def tries_of(person: User) -> QuerySet[QuizTry]:
    """Return a person's tries at the questions of policies, newest first."""
    return (
        QuizTry.objects.filter(person=person)
        .select_related("version__page")
        .defer("version__page__body", "version__page__quiz")
        .order_by("-at", "-pk")
    )
