"""Write down that somebody looked inside a version, and ask for what is not made yet."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evidence_review.extraction.actions.ask import ask_for_pictures, ask_for_text
from evidence_review.extraction.models import PagePictures
from evidence_review.extraction.previews import Preview
from portal.people.models import User
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb

_ONCE_IN = timedelta(hours=1)
_SEEN_TO = timedelta(days=1)


def look_at(preview: Preview, *, actor: User) -> None:
    """Record that ``actor`` is shown the inside of a version; the caller has asked permission.

    Once an hour is enough for the same person and version: pages are reloaded. What nobody asked
    for yet is asked for, and the pictures are marked as looked at, so that they stay in the cache.
    """
    version = preview.version
    if preview.text is None:
        ask_for_text(version)
    if preview.pictures is None:
        ask_for_pictures(version)
    else:
        _mark_as_seen(preview.pictures)
    now = timezone.now()
    ref = version.record_ref
    recently = Event.objects.filter(
        object_kind=ref.kind,
        object_ref=ref.ref,
        object_version=ref.version,
        verb=Verb.VERSION_OPENED,
        actor_ref=actor.actor_ref,
        at__gt=now - _ONCE_IN,
    )
    if recently.exists():
        return
    with transaction.atomic():
        record(Verb.VERSION_OPENED, ref, actor=actor, sha256=version.sha256)


def _mark_as_seen(pictures: PagePictures) -> None:
    now = timezone.now()
    if pictures.seen_at < now - _SEEN_TO:
        PagePictures.objects.filter(pk=pictures.pk).update(seen_at=now)
