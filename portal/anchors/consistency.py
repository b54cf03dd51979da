"""The proof that one sealed head is the beginning of the newest, as a file for outsiders."""

import base64
import json

from portal.record.models import Event
from portal.record.proofs import Tree
from portal.refused import Refused
from portal.sealing.models import Seal
from portal.sealing.queries import newest_seal


class NoProof(Refused):
    """There is nothing to prove from; the reason says why."""

    status = 404


def consistency_file(size: int) -> tuple[str, Seal]:
    """Return the proof from a kept seal of ``size`` events to the newest, and the newest.

    The text is JSON with ``size``, ``root`` and ``proof`` as in ``record/earlier`` of an inspection
    pack, and ``checkpoint``, the signed note that it leads to. Reads the hash of every event: about
    a second for 200,000.

    Raises:
        NoProof: when no seal of that many events was kept.
    """
    newest = newest_seal()
    if newest is None or not 1 <= size <= newest.size:
        raise NoProof(_unknown(size))
    seal = Seal.objects.filter(size=size).first()
    if seal is None:
        raise NoProof(_unknown(size))
    hashes = Event.objects.filter(seq__lte=newest.size).order_by("seq")
    tree = Tree(bytes(one) for one in hashes.values_list("leaf_hash", flat=True).iterator())
    if tree.size < newest.size or tree.root(size).hex() != seal.root:
        raise NoProof(
            "The record no longer holds what was sealed, so there is no proof. See the seal's page."
        )
    proof = {
        "size": size,
        "root": _base64(tree.root(size)),
        "proof": [_base64(one) for one in tree.consistency(size)],
        "checkpoint": newest.note,
    }
    return json.dumps(proof, ensure_ascii=False, indent=1) + "\n", newest


def _unknown(size: int) -> str:
    return (
        f"No seal of {size:,} events was kept here. The number is in the second line of a "
        "checkpoint. Check it."
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
