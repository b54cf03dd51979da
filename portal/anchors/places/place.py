"""What every place outside has in common."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from portal.anchors.models import AnchorKind
from portal.sealing.models import Seal


class NotKept(Exception):
    """A place did not take the checkpoint; the message is a sentence for people, with what to do.

    It names no person and no address, so it may stand on every screen.
    """


@dataclass(frozen=True)
class Place:
    """One place that takes checkpoints.

    ``where`` names it in the record, ``label`` on screens. ``keep`` takes a seal and returns the
    receipt, or ``None`` when another job is at it, or raises :class:`NotKept`. Asked twice for the
    same seal it does no harm.
    """

    kind: AnchorKind
    where: str
    label: str
    is_outside: bool
    keep: Callable[[Seal], bytes | None]


def file_name(seal: Seal) -> str:
    """Return what a checkpoint is called that is kept today: ``checkpoint-2027-06-30-1234``."""
    return f"checkpoint-{timezone.localdate():%Y-%m-%d}-{seal.size}"
