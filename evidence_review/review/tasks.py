"""Jobs of the review room: ids come in, somebody is told. Delivered twice, they tell once.

A mail server that is away is tried again after a while; the last failure is raised, so that it
stands among the failed jobs.
"""

from datetime import timedelta

from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.review import notices
from evidence_review.review.models import Decision
from evidence_review.review.permissions import possible_reviewers, who_can_decide
from evidence_review.review.queries import newest_waiting, waiting_count, waiting_since
from evidence_review.review.working_days import start_of, working_days_before
from portal.jobs import enqueue
from portal.people.models import User

STALE_AFTER_WORKING_DAYS = 5
TELL_AT_MOST_EVERY = timedelta(hours=1)
_THIS = "evidence_review.review.tasks"
_WAIT_MINUTES = (5, 30, 180)


def tell_uploader(decision_id: int, attempt: int = 0) -> None:
    """Tell the uploader what was decided."""
    decision = Decision.objects.select_related(
        "decider", "version__evidence", "version__uploaded_by"
    ).get(pk=decision_id)
    try:
        notices.tell_uploader(decision)
    except OSError:
        if not _again_later("tell_uploader", decision_id, attempt=attempt):
            raise


def tell_reviewers(public_id: str) -> None:
    """Tell those who may decide now that a version came to their step, unless it has left it."""
    version = EvidenceVersion.objects.select_related("evidence__site").get(public_id=public_id)
    if version.state == VersionState.IN_REVIEW:
        for person in who_can_decide(version):
            enqueue(f"{_THIS}.tell_reviewer", person.pk, public_id)


def tell_reviewer(person_id: int, public_id: str, attempt: int = 0) -> None:
    """Tell one reviewer that a version waits."""
    person = User.objects.get(pk=person_id)
    version = EvidenceVersion.objects.select_related("evidence", "uploaded_by").get(
        public_id=public_id
    )
    hour = f"{timezone.now():%Y-%m-%dT%H}"
    try:
        notices.tell_reviewer(person, version, waiting=waiting_count(person), hour=hour)
    except OSError:
        if not _again_later("tell_reviewer", person_id, public_id, attempt=attempt):
            raise


def tell_of_new_reviews() -> None:
    """See that every reviewer is told of what came in since they were last told. Every few minutes.

    Nothing is told when a file comes in: a hundred files at once would be a hundred e-mails.
    """
    now = timezone.now()
    for person in possible_reviewers(timezone.localdate()):
        last = notices.last_told(person)
        if last is not None and now - last < TELL_AT_MOST_EVERY:
            continue
        newest = newest_waiting(person, since=last or now - timedelta(days=1))
        if newest is not None:
            enqueue(f"{_THIS}.tell_reviewer", person.pk, newest.public_id)


def remind_of_stale_reviews() -> None:
    """See that every reviewer is reminded of what has waited too long for them. Once a day."""
    for person in possible_reviewers(timezone.localdate()):
        enqueue(f"{_THIS}.remind_reviewer", person.pk)


def remind_reviewer(person_id: int, attempt: int = 0) -> None:
    """Remind one reviewer of what has waited for them more than five working days, if anything."""
    today = timezone.localdate()
    cutoff = start_of(working_days_before(today, STALE_AFTER_WORKING_DAYS))
    person = User.objects.get(pk=person_id)
    stale = waiting_since(person, cutoff)
    if not stale:
        return
    try:
        notices.remind_reviewer(person, stale, today=today.isoformat())
    except OSError:
        if not _again_later("remind_reviewer", person_id, attempt=attempt):
            raise


def _again_later(task: str, *ids: int | str, attempt: int) -> bool:
    """Plan the next attempt; False when there were enough."""
    if attempt >= len(_WAIT_MINUTES):
        return False
    wait = timedelta(minutes=_WAIT_MINUTES[attempt])
    enqueue(f"{_THIS}.{task}", *ids, attempt + 1, at=timezone.now() + wait)
    return True
