"""Proofs: the published vectors, and what must hold for every tree."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.record.merkle import compact_range, leaf_hash
from portal.record.proofs import Tree, consistency_holds, inclusion_holds

VECTORS = json.loads(
    (Path(__file__).parents[2] / "data" / "merkle_vectors.json").read_text(encoding="utf-8")
)
REFUSED_ON_PURPOSE = "consistency/additional/sizes-are-equal-one-and-proof-is-empty"
"""Its roots are words, not hashes. The reference implementation lets it pass; we do not."""


def named(vectors: list[dict[str, Any]]) -> list[Any]:
    """Return the vectors as parameters under their own names."""
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


def hashes(texts: list[str] | None) -> list[bytes]:
    """Return hashes written in base 64."""
    return [b64decode(text) for text in texts or []]


def test_there_are_196_vectors() -> None:
    assert len(VECTORS["inclusion"]) + len(VECTORS["consistency"]) == 196


@pytest.mark.parametrize("vector", named(VECTORS["inclusion"]))
def test_every_inclusion_vector_is_judged_as_published(vector: dict[str, Any]) -> None:
    held = inclusion_holds(
        index=vector["leafIdx"],
        size=vector["treeSize"],
        leaf=b64decode(vector["leafHash"] or ""),
        proof=hashes(vector["proof"]),
        root=b64decode(vector["root"] or ""),
    )
    assert held is not vector["wantErr"]


@pytest.mark.parametrize("vector", named(VECTORS["consistency"]))
def test_every_consistency_vector_is_judged_as_published(vector: dict[str, Any]) -> None:
    held = consistency_holds(
        first=vector["size1"],
        second=vector["size2"],
        first_root=b64decode(vector["root1"] or ""),
        second_root=b64decode(vector["root2"] or ""),
        proof=hashes(vector["proof"]),
    )
    wanted = not vector["wantErr"] and vector["name"] != REFUSED_ON_PURPOSE
    assert held is wanted


def leaves(size: int) -> list[bytes]:
    """Return so many different leaf hashes."""
    return [leaf_hash(str(number).encode()) for number in range(size)]


TREE = Tree(leaves(130))
SIZES = st.integers(1, 130)


@pytest.mark.parametrize("size", range(131))
def test_a_tree_has_the_root_of_its_compact_range_at_every_size(size: int) -> None:
    assert TREE.root(size) == compact_range(leaves(size)).root()


@given(SIZES, st.data())
def test_every_leaf_can_be_proved_at_every_size(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = TREE.inclusion(index, size)
    leaf, root = leaves(130)[index], TREE.root(size)
    assert inclusion_holds(index=index, size=size, leaf=leaf, proof=proof, root=root)
    assert len(proof) <= (size - 1).bit_length()


@given(SIZES, st.data())
def test_a_proof_proves_no_other_leaf_place_size_or_root(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, 129).filter(lambda number: number != index))
    proof, leaf, root = TREE.inclusion(index, size), leaves(130)[index], TREE.root(size)
    assert not inclusion_holds(
        index=index, size=size, leaf=leaves(130)[other], proof=proof, root=root
    )
    assert not inclusion_holds(index=other, size=size, leaf=leaf, proof=proof, root=root)
    assert not inclusion_holds(index=index, size=size, leaf=leaf, proof=[*proof, leaf], root=root)
    assert not inclusion_holds(index=index, size=size, leaf=leaf, proof=proof, root=bytes(32))


@given(SIZES, st.data())
def test_every_tree_is_the_beginning_of_every_longer_one(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size))
    assert consistency_holds(
        first=first,
        second=size,
        first_root=TREE.root(first),
        second_root=TREE.root(size),
        proof=TREE.consistency(first, size),
    )


@given(SIZES, st.data())
def test_a_rewritten_tree_is_no_continuation(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, first - 1))
    rewritten = Tree([*leaves(size)[:changed], bytes(32), *leaves(size)[changed + 1 :]])
    assert not consistency_holds(
        first=first,
        second=size,
        first_root=TREE.root(first),
        second_root=rewritten.root(size),
        proof=rewritten.consistency(first, size),
    )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, 131), (200, None)])
def test_there_is_no_inclusion_proof_outside_the_tree(index: int, size: int | None) -> None:
    with pytest.raises(ValueError, match=r"leaf|leaves"):
        TREE.inclusion(index, size)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3), (1, 131), (131, None), (-1, None)])
def test_there_is_no_consistency_proof_outside_the_tree(first: int, second: int | None) -> None:
    with pytest.raises(ValueError, match="leaves"):
        TREE.consistency(first, second)


def test_a_proof_among_100_000_events_has_17_hashes() -> None:
    tree = Tree(leaves(100_000))
    proof = tree.inclusion(54_321)
    assert len(proof) == 17
    assert inclusion_holds(
        index=54_321,
        size=100_000,
        leaf=leaf_hash(b"54321"),
        proof=proof,
        root=tree.root(),
    )


def test_an_empty_tree_has_the_empty_root_and_no_proofs() -> None:
    tree = Tree([])
    assert tree.root() == compact_range([]).root()
    with pytest.raises(ValueError, match="0 leaves"):
        tree.inclusion(0)
