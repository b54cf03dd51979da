"""Proof files: one event, one place, one head, and a key."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.record.checkpoints import Checkpoint
from portal.record.merkle import leaf_hash
from portal.record.notes import NotANote, NotSigned, public_key, signed
from portal.record.proof_files import NotAProof, ProofFile, read_proof
from portal.record.proofs import Tree

NAME = "wellkept.example/record"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = public_key(NAME, PRIVATE)


def body(number: int) -> bytes:
    return b'{"seq":%d}' % number


def proof_of(index: int, size: int) -> ProofFile:
    tree = Tree([leaf_hash(body(number)) for number in range(size)])
    note = signed(Checkpoint(NAME, size, tree.root()).text, [(NAME, PRIVATE)])
    return ProofFile(index, tuple(tree.inclusion(index)), note)


def checked_by_the_specification(content: str, event: bytes, public: bytes) -> bool:
    """Check a proof file with nothing of ours: written from the C2SP and RFC texts alone."""
    top, checkpoint = content.split("\n\n", 1)
    version, index_line, *encoded = top.split("\n")
    assert version == "c2sp.org/tlog-proof@v1"
    text, signature_line = checkpoint.rsplit("\n\n", 1)
    text += "\n"
    blob = base64.b64decode(signature_line.split(" ")[2])
    name = signature_line.split(" ")[1]
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    assert blob[:4] == key_id
    Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], text.encode())
    _, size, root = text.splitlines()[:3]
    place, count = int(index_line.removeprefix("index ")), int(size)
    path = [base64.b64decode(one) for one in encoded]

    def root_of(at: int, leaves: int, hashes: list[bytes]) -> bytes:
        if leaves == 1:
            assert not hashes
            return hashlib.sha256(b"\x00" + event).digest()
        half = 1
        while half * 2 < leaves:
            half *= 2
        if at < half:
            left, right = root_of(at, half, hashes[:-1]), hashes[-1]
        else:
            left, right = hashes[-1], root_of(at - half, leaves - half, hashes[:-1])
        return hashlib.sha256(b"\x01" + left + right).digest()

    return root_of(place, count, path) == base64.b64decode(root)


@given(st.data())
@settings(max_examples=30)
def test_a_reader_written_from_the_specification_agrees(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    content = str(proof_of(index, size))

    assert read_proof(content).checked(body(index), [KEY]).size == size
    assert checked_by_the_specification(content, body(index), KEY.public)


def test_extra_data_of_others_is_passed_over() -> None:
    proof = proof_of(2, 5)
    with_extra = str(proof).replace("index", "extra aGVsbG8=\nindex", 1)

    assert read_proof(with_extra) == proof


def test_other_bytes_another_place_and_another_key_are_refused() -> None:
    proof = proof_of(2, 5)
    stranger = public_key(NAME, Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))

    with pytest.raises(NotAProof, match="not the event"):
        proof.checked(body(3), [KEY])
    with pytest.raises(NotAProof, match="not the event"):
        ProofFile(3, proof.hashes, proof.note).checked(body(2), [KEY])
    with pytest.raises(NotSigned):
        proof.checked(body(2), [stranger])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("index 2", "index 02"),
        ("index 2", "index -2"),
        ("index 2", "place 2"),
        ("index 2\n", "index 2\nAAAA\n"),
        ("index 2\n", "index 2\n\n"),
    ],
)
def test_any_other_form_is_refused(old: str, new: str) -> None:
    content = str(proof_of(2, 5))
    assert old in content

    with pytest.raises((NotAProof, NotANote, NotSigned)):
        read_proof(content.replace(old, new, 1)).checked(body(2), [KEY])
