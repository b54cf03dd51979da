"""Ed25519 in plain Python: the vectors of RFC 8032, and agreement with the library."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_review.packs.verifiers.verify import L, P, ed25519_holds

RFC_8032 = {
    "1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
}
SEEDS = st.binary(min_size=32, max_size=32)
IDENTITY = (1).to_bytes(32, "little")


def library_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("name", list(RFC_8032))
def test_the_vectors_of_rfc_8032(name: str) -> None:
    public, message, signature = (bytes.fromhex(one) for one in RFC_8032[name])
    assert ed25519_holds(public, message, signature)
    assert not ed25519_holds(public, message + b"x", signature)


@settings(max_examples=12, deadline=None)
@given(
    st.binary(min_size=32, max_size=32),
    st.binary(max_size=80),
    st.integers(0, 95),
    st.integers(1, 255),
)
def test_it_agrees_with_the_library(seed: bytes, message: bytes, place: int, flip: int) -> None:
    """On true signatures, and on those with a byte of the key or the signature changed."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert ed25519_holds(public, message, signature)
    changed = bytearray(public + signature)
    changed[place] ^= flip
    other, wrong = bytes(changed[:32]), bytes(changed[32:])
    assert ed25519_holds(other, message, wrong) is library_holds(other, message, wrong) is False


def test_what_is_not_in_its_one_form_is_refused() -> None:
    """A number above the order, a point above the prime, and points of small order.

    With a point of small order as key, one signature fits many texts; the library lets that pass.
    """
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = private.public_key().public_bytes_raw(), private.sign(b"text")
    again = int.from_bytes(signature[32:], "little") + L
    assert not ed25519_holds(public, b"text", signature[:32] + again.to_bytes(32, "little"))
    empty = IDENTITY + bytes(32)
    assert library_holds(IDENTITY, b"text", empty)
    small = (IDENTITY, bytes(32), (P - 1).to_bytes(32, "little"), (P + 1).to_bytes(32, "little"))
    for key in small:
        assert not ed25519_holds(key, b"text", empty)
        assert not ed25519_holds(public, b"text", key + signature[32:])


@pytest.mark.parametrize("sizes", [(0, 64), (31, 64), (33, 64), (32, 0), (32, 63), (32, 65)])
def test_other_lengths_are_refused(sizes: tuple[int, int]) -> None:
    assert not ed25519_holds(bytes(sizes[0]), b"", bytes(sizes[1]))
