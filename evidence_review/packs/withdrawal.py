"""Packs that hold what may not be given out any more: recalled, infected, or disposed of."""

import json
import zipfile
from contextlib import suppress

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.packs.actions.remove_file import remove_file
from evidence_review.packs.models import PACKER, Pack
from evidence_review.packs.states import PackState, PackStepRefused
from evidence_review.packs.storage import open_file
from evidence_review.packs.storage import remove_file as remove_bytes

GONE = (VersionState.RECALLED, VersionState.INFECTED, VersionState.DISPOSED)
_WHY = (
    "The file was removed, because something in it was recalled for a virus or disposed of since. "
    "Make a new pack."
)


def holds_gone(pack: Pack) -> bool:
    """Tell whether a file in a ready pack may not be given out any more.

    One query; the pack itself is opened only when anything at all was recalled or disposed of
    since its moment.
    """
    if not pack.with_files:
        return False
    since = EvidenceVersion.objects.filter(state__in=GONE, state_since__gte=pack.as_at_time)
    gone = set(since.order_by().values_list("sha256", flat=True))
    return bool(gone) and not gone.isdisjoint(_inside(pack))


def removed_for_what_is_gone(pack: Pack) -> bool:
    """Remove the file of a pack that may not be given out any more; tell whether it was."""
    if not holds_gone(pack):
        return False
    with suppress(PackStepRefused):
        remove_file(pack, why=_WHY, actor=PACKER)
        remove_bytes(pack.stored_name)
    return True


def remove_what_is_gone() -> None:
    """Look through every ready pack."""
    for pack in Pack.objects.filter(state=PackState.READY).order_by("pk"):
        removed_for_what_is_gone(pack)


def _inside(pack: Pack) -> set[str]:
    """Return the SHA-256 of every evidence in a pack's file; nothing if it is lost."""
    try:
        with open_file(pack.stored_name) as stored, zipfile.ZipFile(stored) as archive:
            manifest = json.loads(archive.read("manifest.json"))
    except FileNotFoundError:
        return set()
    return {one["sha256"] for one in manifest["evidence"]}
