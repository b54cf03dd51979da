"""Let an inspector in with the right code."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from evidence_review.inspection.codes import MOST_WRONG_TRIES, is_code_of, keyed_digest
from evidence_review.inspection.models import InspectorAccess, InspectorCode, InspectorSession
from evidence_review.inspection.permissions import inspector_can_enter
from evidence_review.inspection.queries import lock_access
from evidence_review.inspection.sessions import digest_of, new_key
from portal.people.answers import require
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb

NO_CODE = "This code does not work any more. Codes work once, for 10 minutes. Ask for a new one."
USED_UP = "That is not the code, and it was tried too many times. Ask for a new one."


@dataclass(frozen=True)
class CodeRefused:
    """The code did not open anything; why, as a sentence fit to show."""

    sentence: str


@dataclass(frozen=True)
class Opened:
    """The code was right: ``key`` goes into the inspector's cookie and is kept nowhere else."""

    key: str


@transaction.atomic
def open_session(
    access: InspectorAccess, typed: str, *, browser_key: str, actor: Actor
) -> Opened | CodeRefused:
    """Check a code that was typed in the browser that asked for it; the right one starts a session.

    The session's key is always new, so that a key planted beforehand opens nothing.

    Raises:
        NotPermitted: the link does not work now.
    """
    access = lock_access(access.pk)
    require(inspector_can_enter(access))
    now = timezone.now()
    asked_here = access.codes.filter(browser=keyed_digest("browser", browser_key))
    live = asked_here.filter(
        used_at__isnull=True, expires_at__gt=now, wrong_tries__lt=MOST_WRONG_TRIES
    )
    rows = list(live)
    if not rows:
        return CodeRefused(NO_CODE)
    if not any(is_code_of(row, typed) for row in rows):
        return _refuse(access, rows, actor)
    live.update(used_at=now)
    key = new_key()
    InspectorSession.objects.create(
        access=access, digest=digest_of(key), started_at=now, seen_at=now
    )
    record(Verb.INSPECTOR_ACCESS_OPENED, access.record_ref, actor=actor)
    return Opened(key)


def _refuse(access: InspectorAccess, rows: list[InspectorCode], actor: Actor) -> CodeRefused:
    InspectorCode.objects.filter(pk__in=[row.pk for row in rows]).update(
        wrong_tries=F("wrong_tries") + 1
    )
    left = MOST_WRONG_TRIES - 1 - min(row.wrong_tries for row in rows)
    record(
        Verb.INSPECTOR_ACCESS_CODE_REFUSED,
        access.record_ref,
        actor=actor,
        facts={"tries_left": left},
    )
    if not left:
        return CodeRefused(USED_UP)
    tries = "once more" if left == 1 else f"{left} more times"
    return CodeRefused(f"That is not the code. Check the 8 digits. You can try {tries}.")
