"""The proofs of a pack: every member under ``record/``."""

import base64
from collections.abc import Iterator, Sequence

from evidence_review.packs.contents import Contents
from evidence_review.packs.manifest import canonical_json
from evidence_review.packs.models import Pack
from portal.record.models import Event
from portal.record.notes import NoteKey, read_note
from portal.record.proof_files import ProofFile
from portal.record.proofs import Tree
from portal.sealing.models import Seal, SealKey

Member = tuple[str, bytes]
_AT_ONCE = 500
MOST_EARLIER = 100
"""How many earlier packs' checkpoints a pack leads on from: the newest."""
_BETWEEN_KEYS = "-----\n"


class NoKeyYet(Exception):
    """The record was never sealed, so nothing can be proven."""


def origin() -> str:
    """Return the name of the record, which every key signs under. Raises ``NoKeyYet``."""
    public = SealKey.objects.values_list("public", flat=True).first()
    if public is None:
        raise NoKeyYet
    return NoteKey.from_text(public).name


def first_seal_over(seq: int) -> Seal | None:
    """Return the first seal that covers an event; ``None`` while there is none."""
    seals = Seal.objects.select_related("key").filter(size__gte=seq)
    return seals.order_by("size", "pk").first()


def earlier_sizes(seal: Seal) -> list[int]:
    """Return the sizes of the checkpoints that packs before this one led to, ascending."""
    sizes = (
        Pack.objects.filter(seal__size__gt=0, seal__size__lt=seal.size, seal__pk__lt=seal.pk)
        .order_by("-seal__size")
        .values_list("seal__size", flat=True)
        .distinct()
    )
    return sorted(sizes[:MOST_EARLIER])


def record_members(pack: Pack, contents: Contents, seal: Seal) -> Iterator[Member]:
    """Give the members under ``record/`` in their order; the events a few hundred at a time."""
    yield "record/keys.txt", _keys_up_to(seal).encode()
    yield "record/checkpoint.txt", seal.note.encode()
    tree = _tree_under(seal)
    if pack.event_seq is None:
        raise ValueError("a pack is settled before it is proven")
    for body, proof in _proven(tree, seal, [pack.event_seq]):
        yield "record/pack.json", body
        yield "record/pack.tlog-proof", proof
    listed = contents.events
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        for seq, (body, proof) in zip(some, _proven(tree, seal, some), strict=True):
            yield f"record/events/{seq}.json", body
            yield f"record/events/{seq}.tlog-proof", proof
    for size in pack.earlier:
        yield f"record/earlier/{size}.json", _earlier(tree, size)


def _keys_up_to(seal: Seal) -> str:
    """Return the statements of the keys up to the seal's own, oldest first."""
    keys = SealKey.objects.filter(pk__lte=seal.key_id).order_by("pk")
    return _BETWEEN_KEYS.join(keys.values_list("statement", flat=True))


def _tree_under(seal: Seal) -> Tree:
    hashes = Event.objects.filter(seq__lte=seal.size).order_by("seq")
    return Tree(bytes(one) for one in hashes.values_list("leaf_hash", flat=True).iterator())


def _proven(tree: Tree, seal: Seal, seqs: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
    """Give the bytes and the proof of each event in turn."""
    rows = Event.objects.filter(seq__in=seqs).order_by("seq").values_list("seq", "body")
    note = read_note(seal.note)
    for seq, body in rows:
        path = tuple(tree.inclusion(seq - 1, seal.size))
        yield bytes(body), str(ProofFile(seq - 1, path, note)).encode()


def _earlier(tree: Tree, size: int) -> bytes:
    return canonical_json(
        {
            "size": size,
            "root": _base64(tree.root(size)),
            "proof": [_base64(one) for one in tree.consistency(size)],
        }
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
