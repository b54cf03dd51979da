"""One person's day: what came back, what to answer, what to check, what waits, what lapses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils import timezone

from evidence_review.assessments.models import Response
from evidence_review.assessments.queries.coverage import SiteStanding
from evidence_review.assessments.queries.questions import AsOf, questions_for
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.permissions import (
    user_can_list_evidence,
    user_can_upload_somewhere,
)
from evidence_review.evidence.queries import visible_evidence, visible_versions
from evidence_review.evidence.states import NEEDS_UPLOADER, ON_ITS_WAY, Look, VersionState
from evidence_review.evidence.views.files import FileRow, file_rows
from evidence_review.review.desk import desk_of
from evidence_review.review.queries import review_queue
from home.planned import OwnAction, own_actions, sites_to_confirm
from portal.people.models import User
from portal.policies.models import PolicyPage
from portal.reading.queries.own import ToRead, policies_with_own_reading, to_read

Thing = TypeVar("Thing")

OWN_AT_MOST = 30
TO_ANSWER_SHOWN = 5
TO_CONFIRM_SHOWN = 5
TO_CHECK_SHOWN = 5
ACTIONS_SHOWN = 5
COUNTED_AT_MOST = 20
LAPSING_SHOWN = 5
LAPSING_DAYS = 60
TO_READ_SHOWN = 5
NEWEST_SHOWN = 3


@dataclass(frozen=True)
class Shown(Generic[Thing]):
    """The first few of something. ``count`` stops at ``COUNTED_AT_MOST``: then ``is_more``."""

    first: Sequence[Thing]
    count: int
    is_more: bool = False


@dataclass(frozen=True)
class Asked:
    """A question that somebody was given, and how its answer stands."""

    response: Response
    look: Look
    is_late: bool


@dataclass(frozen=True)
class Day:
    """Everything on one person's start page; a part that is None is not for them at all."""

    put_right: list[FileRow]
    waiting: list[FileRow] | None
    to_read: Shown[ToRead]
    to_confirm: Shown[SiteStanding]
    to_answer: Shown[Asked]
    actions: Shown[OwnAction]
    to_check: Shown[EvidenceVersion] | None
    lapsing: Shown[Evidence] | None
    policies: Sequence[PolicyPage]

    @property
    def late_actions(self) -> int:
        """How many of the actions shown are overdue; those come first."""
        return sum(one.is_late for one in self.actions.first)

    @property
    def is_for_reading(self) -> bool:
        """Whether the person only reads policies, so that these are their page."""
        return self.waiting is None and self.to_check is None and self.lapsing is None


def day_of(person: User) -> Day:
    """Return what a person has before them today, in a number of questions that never grows."""
    own = own_files(person) if user_can_upload_somewhere(person) else None
    may_list = bool(user_can_list_evidence(person))
    return Day(
        put_right=[row for row in own or () if row.needs_uploader],
        waiting=None if own is None else [row for row in own if not row.needs_uploader],
        to_read=_shown(to_read(person), TO_READ_SHOWN),
        to_confirm=_shown(sites_to_confirm(person), TO_CONFIRM_SHOWN),
        to_answer=to_answer(person) if may_list else Shown((), 0),
        actions=_shown(own_actions(person, COUNTED_AT_MOST + 1) if may_list else [], ACTIONS_SHOWN),
        to_check=to_check(person) if desk_of(person).is_in_use else None,
        lapsing=lapsing_soon(person) if may_list else None,
        policies=newest_policies(person),
    )


def newest_policies(person: User) -> Sequence[PolicyPage]:
    """Return those of a person's policies whose version is newest, with how they stand with it."""
    newest = policies_with_own_reading(person).order_by("-version_at", "title")
    return list(newest[:NEWEST_SHOWN])


def own_files(person: User) -> list[FileRow]:
    """Return the person's uploads that are on their way or came back, the latter first.

    Only the newest version of an evidence counts: whoever uploaded a better one has put it right.
    """
    newer = EvidenceVersion.objects.filter(
        evidence=OuterRef("evidence"), number__gt=OuterRef("number")
    )
    came_back = Case(When(state__in=NEEDS_UPLOADER, then=Value(0)), default=Value(1))
    found = (
        visible_versions(person)
        .filter(~Exists(newer), uploaded_by=person, state__in=NEEDS_UPLOADER | ON_ITS_WAY)
        .select_related("evidence__site")
        .order_by(came_back, "-state_since", "-pk")
    )
    return file_rows(found[:OWN_AT_MOST])


def to_answer(person: User) -> Shown[Asked]:
    """Return the questions given to the person that are not complete, the most urgent first."""
    as_of = AsOf.now()
    found = list(questions_for(person, as_of)[: COUNTED_AT_MOST + 1])
    return _shown(
        [
            Asked(one, as_of.look(one), one.due is not None and one.due < as_of.today)
            for one in found
        ],
        TO_ANSWER_SHOWN,
    )


def to_check(person: User) -> Shown[EvidenceVersion]:
    """Return what waits longest for the person's decision."""
    return _shown(list(review_queue(person)[: COUNTED_AT_MOST + 1]), TO_CHECK_SHOWN)


def lapsing_soon(person: User, today: date | None = None) -> Shown[Evidence]:
    """Return approved evidence of the person's sites to be looked at again within 60 days."""
    until = (today or timezone.localdate()) + timedelta(days=LAPSING_DAYS)
    approved = EvidenceVersion.objects.filter(evidence=OuterRef("pk"), state=VersionState.APPROVED)
    found = (
        visible_evidence(person)
        .filter(Exists(approved), review_date__lte=until)
        .select_related("site", "owner")
        .order_by("review_date", "pk")
    )
    return _shown(list(found[: COUNTED_AT_MOST + 1]), LAPSING_SHOWN)


def _shown(found: list[Thing], first: int) -> Shown[Thing]:
    return Shown(found[:first], min(len(found), COUNTED_AT_MOST), len(found) > COUNTED_AT_MOST)
