"""What is kept of people here; see ``portal.people.traces``."""

from functools import partial

from django.db import transaction

from evidence_review.packs.actions.remove_file import remove_file
from evidence_review.packs.models import PACKER, Pack
from evidence_review.packs.states import PackState
from evidence_review.packs.storage import remove_file as remove_bytes
from portal.people.traces import Fate, Place, Subject

_WHY = (
    "The file was removed, because details of somebody were erased who may be named in it. "
    "Make a new pack, or make it again if it did not name them."
)


def duties(subject: Subject) -> list[str]:
    """Nobody has a duty here."""
    return []


def places(subject: Subject) -> list[Place]:
    """Say that files of packs may name them, and that packs given away are out of reach."""
    if subject.person is None:
        return []
    why = "They may name the person. Those that were downloaded are out of reach."
    ready = Pack.objects.filter(state=PackState.READY).count()
    return [Place("Files of inspection packs of the last two weeks", ready, Fate.DELETED, why)]


def erase(subject: Subject) -> None:
    """Remove the file of every pack: what does not name them can be made again."""
    if subject.person is None:
        return
    for pack in Pack.objects.filter(state=PackState.READY).order_by("pk"):
        remove_file(pack, why=_WHY, actor=PACKER)
        transaction.on_commit(partial(remove_bytes, pack.stored_name))
