"""Vouch that an edition says what the official toolkit says."""

from django.db import transaction
from django.utils import timezone

from portal.frameworks.models import Edition
from portal.frameworks.permissions import user_can_check_editions
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def check_edition(edition: Edition, *, actor: User) -> Edition:
    """Mark an edition as checked by this person, now. Doing it twice keeps the first mark.

    Raises:
        NotPermitted: when the actor may not.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    require(user_can_check_editions(actor))
    if locked.is_checked:
        return locked
    locked.checked_at = timezone.now()
    locked.checked_by = actor
    locked.save(update_fields=["checked_at", "checked_by"])
    record(Verb.EDITION_CHECKED, locked.record_ref, actor=actor, after="checked")
    return locked
