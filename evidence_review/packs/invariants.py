"""What must be true of packs at all times."""

import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256 as new_sha256
from typing import BinaryIO

from evidence_review.evidence.storage import CHUNK
from evidence_review.packs.contents import contents_of
from evidence_review.packs.models import Pack
from evidence_review.packs.states import PackState
from evidence_review.packs.storage import open_file
from portal.record.models import Event
from portal.record.moments import Moment
from portal.record.verbs import Verb

MOST = 3
"""How many packs are looked at: the newest whose file is there."""


def packs_hold_what_was_approved() -> Iterator[str]:
    """I10: a pack that is ready holds exactly the approved versions at its time, and is whole."""
    ready = Pack.objects.select_related("seal").filter(state=PackState.READY)
    for pack in ready.order_by("-ready_at", "-pk")[:MOST]:
        yield from (f"pack {pack.public_id} {wrong}" for wrong in _wrong_with(pack))


def _wrong_with(pack: Pack) -> Iterator[str]:
    bound = Event.objects.filter(seq=pack.event_seq or 0, verb=Verb.PACK_MADE)
    if not bound.filter(object_ref=pack.public_id, sha256=pack.manifest_sha256).exists():
        yield "is not bound to the record by its event"
    try:
        with open_file(pack.stored_name) as stored:
            if _sha256_of(stored) != pack.sha256:
                yield "has a file with other bytes than were written"
                return
            manifest = zipfile.ZipFile(stored).read("manifest.json")
    except FileNotFoundError:
        yield "has lost its file"
        return
    if new_sha256(manifest).hexdigest() != pack.manifest_sha256:
        yield "has another manifest than the record says"
    elif _listed(json.loads(manifest)) != _approved(pack):
        yield "does not hold exactly what was approved at its time"


def _sha256_of(stored: BinaryIO) -> str:
    digest = new_sha256()
    while piece := stored.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _listed(manifest: dict[str, list[dict[str, object]]]) -> set[tuple[object, ...]]:
    return {(one["ref"], one["version"], one["sha256"]) for one in manifest["evidence"]}


def _approved(pack: Pack) -> set[tuple[object, ...]]:
    """Return what was approved at the pack's moment. Names do not count: they may be erased."""
    if pack.as_at_size is None or pack.as_at_time is None:
        return set()
    found = contents_of(pack, Moment(pack.as_at_size, pack.as_at_time)).evidence
    return {(one.ref, one.number, one.sha256) for one in found}
