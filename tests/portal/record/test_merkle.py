"""Leaf hashes, compact ranges and roots."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.record.merkle import EMPTY_ROOT, CompactRange, compact_range, leaf_hash, node_hash

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The leaves that the reference implementations of RFC 6962 are tested with."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def root_by_definition(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962, section 2.1, defines it."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference_implementations(size: int) -> None:
    assert compact_range(map(leaf_hash, LEAVES[:size])).root().hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert CompactRange().root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_the_compact_range_has_the_root_of_the_definition(leaves: list[bytes]) -> None:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    assert compact_range(hashes).root() == root_by_definition(hashes)


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_a_range_that_was_kept_grows_like_one_that_was_not(leaves: list[bytes]) -> None:
    whole, kept = CompactRange(), b""
    for size, leaf in enumerate(leaves):
        again = CompactRange(size, kept)
        again.append(leaf_hash(leaf))
        whole.append(leaf_hash(leaf))
        kept = again.packed()
    assert (kept, len(kept)) == (whole.packed(), 32 * len(leaves).bit_count())


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=20, unique=True))
def test_any_change_of_a_leaf_changes_the_root(leaves: list[bytes]) -> None:
    roots = {
        compact_range(map(leaf_hash, [*leaves[:i], b"other leaf", *leaves[i + 1 :]])).root()
        for i in range(len(leaves))
    }
    assert len(roots | {compact_range(map(leaf_hash, leaves)).root()}) == len(leaves) + 1


def test_a_leaf_cannot_pose_as_a_node() -> None:
    for left, right in pairwise(map(leaf_hash, LEAVES)):
        assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize(("size", "length"), [(-1, 0), (0, 32), (1, 0), (1, 31), (3, 32), (4, 64)])
def test_bytes_that_do_not_fit_the_size_are_refused(size: int, length: int) -> None:
    with pytest.raises(ValueError, match="no compact range"):
        CompactRange(size, bytes(length))
