"""Send an inspector a one-time code."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from evidence_review.inspection.codes import LASTS, keyed_digest
from evidence_review.inspection.models import InspectorAccess, InspectorCode, new_link_key
from evidence_review.inspection.permissions import inspector_can_enter
from evidence_review.inspection.queries import lock_access
from evidence_review.inspection.throttle import may_ask_for_code
from portal.jobs import enqueue
from portal.people.answers import require
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks for a code: the key this browser got for the last one, if any, and its address."""

    browser_key: str | None
    address: str


@transaction.atomic
def send_code(access: InspectorAccess, asker: Asker, *, actor: Actor) -> str:
    """Have a code mailed to the inspector; return the key of the browser it will be good in.

    Because a code is good in one browser only, somebody else who has the link can neither try codes
    against it nor make it useless.

    Raises:
        NotPermitted: the link does not work now, or too many codes were asked for.
    """
    access = lock_access(access.pk)
    require(inspector_can_enter(access))
    address = keyed_digest("address", asker.address)
    require(may_ask_for_code(access, address))
    browser_key = _known(access, asker.browser_key) or new_link_key()
    now = timezone.now()
    code = InspectorCode.objects.create(
        access=access,
        browser=keyed_digest("browser", browser_key),
        address=address,
        asked_at=now,
        expires_at=now + LASTS,
    )
    record(
        Verb.INSPECTOR_ACCESS_CODE_SENT,
        access.record_ref,
        actor=actor,
        facts={"code": code.pk},
        detail={"email": access.email},
    )
    enqueue("evidence_review.inspection.tasks.mail_code", code.pk)
    return browser_key


def _known(access: InspectorAccess, browser_key: str | None) -> str | None:
    """Return the key if this access gave it out: a key from elsewhere is never taken over."""
    if browser_key and access.codes.filter(browser=keyed_digest("browser", browser_key)).exists():
        return browser_key
    return None
