"""Named selections of seals, and the proofs that follow from them."""

from portal.record.models import Event
from portal.record.notes import read_note
from portal.record.proof_files import ProofFile
from portal.record.proofs import Tree
from portal.sealing.models import Seal, SealKey


def newest_seal() -> Seal | None:
    """Return the newest seal with its key."""
    return Seal.objects.select_related("key").first()


def keys_in_order() -> list[SealKey]:
    """Return every key the record was sealed with, newest first."""
    return list(SealKey.objects.all())


def key_statements() -> list[str]:
    """Return the signed statement of every key the record was sealed with, oldest first."""
    return list(SealKey.objects.order_by("starts", "pk").values_list("statement", flat=True))


def proof_of(event: Event) -> ProofFile | None:
    """Return the proof that an event is in the record; None until a seal covers it.

    Reads the hash of every event before the seal: about a second for 200,000.
    """
    seal = newest_seal()
    if seal is None or seal.size < event.seq:
        return None
    hashes = Event.objects.filter(seq__lte=seal.size).order_by("seq")
    tree = Tree(bytes(one) for one in hashes.values_list("leaf_hash", flat=True).iterator())
    path = tree.inclusion(event.seq - 1, seal.size)
    return ProofFile(event.seq - 1, tuple(path), read_note(seal.note))
