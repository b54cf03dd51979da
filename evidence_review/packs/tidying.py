"""What is done for packs without anybody asking: take up lost ones, remove old files."""

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from evidence_review.packs.actions.remove_file import remove_file
from evidence_review.packs.models import Pack
from evidence_review.packs.states import UNDER_WAY, PackState, PackStepRefused
from evidence_review.packs.storage import remove_file as remove_bytes
from evidence_review.packs.storage import unfinished_folder
from evidence_review.packs.withdrawal import remove_what_is_gone
from portal.jobs import enqueue
from portal.record.actors import SCHEDULER

KEPT_FOR = timedelta(days=14)
_GRACE = timedelta(minutes=1)
"""A pack that changed a moment ago has its job in the queue."""


def take_up_what_was_left() -> None:
    """Put packs back in the queue on which no job is at work any more."""
    now = timezone.now()
    waiting = Pack.objects.filter(state__in=UNDER_WAY, state_since__lt=now - _GRACE)
    for pack in waiting.exclude(claimed_until__gt=now).order_by("pk"):
        if pack.is_settled:
            enqueue("evidence_review.packs.tasks.pack", pack.public_id)
        else:
            enqueue("evidence_review.packs.tasks.settle", pack.public_id)
    remove_what_is_gone()
    _remove_unfinished()


def remove_old_files() -> None:
    """Remove the files of packs that were ready for two weeks."""
    old = Pack.objects.filter(
        state=PackState.READY, state_since__lt=timezone.now() - KEPT_FOR
    ).order_by("pk")
    for pack in old:
        with suppress(PackStepRefused):
            remove_file(pack, actor=SCHEDULER)
            remove_bytes(pack.stored_name)


def _remove_unfinished() -> None:
    """Remove what killed jobs left behind."""
    words = set(Pack.objects.exclude(claim="").values_list("claim", flat=True))
    for path in unfinished_folder().iterdir():
        if path.name.rpartition(".")[2] not in words:
            path.unlink(missing_ok=True)
