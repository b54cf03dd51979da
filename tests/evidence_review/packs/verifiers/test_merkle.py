"""The program's own Merkle proofs, judged by the published vectors."""

from base64 import b64decode
from typing import Any

import pytest

from evidence_review.packs.verifiers.verify import consistency_holds, inclusion_holds
from tests.evidence_review.packs.verifiers.reference import consistency, inclusion, root_of
from tests.portal.record.test_proofs import REFUSED_ON_PURPOSE, VECTORS, hashes


def judged(vector: dict[str, Any]) -> bool:
    """Return what verify.py says of one vector of either kind."""
    proof = hashes(vector["proof"])
    if "leafIdx" in vector:
        leaf, root = (b64decode(vector[name] or "") for name in ("leafHash", "root"))
        return inclusion_holds(vector["leafIdx"], vector["treeSize"], leaf, proof, root)
    first, second = (b64decode(vector[name] or "") for name in ("root1", "root2"))
    return consistency_holds(vector["size1"], vector["size2"], first, second, proof)


def test_every_vector_is_judged_as_published_but_one() -> None:
    vectors = [*VECTORS["inclusion"], *VECTORS["consistency"]]
    assert len(vectors) == 196
    wrong = [one["name"] for one in vectors if judged(one) is one["wantErr"]]
    assert wrong == [REFUSED_ON_PURPOSE]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 16, 21])
def test_every_proof_of_a_small_tree_holds_and_no_shorter_or_longer_one(size: int) -> None:
    leaves = [bytes([number] * 32) for number in range(size)]
    root = root_of(leaves)
    for index in range(size):
        proof = inclusion(index, leaves)
        assert inclusion_holds(index, size, leaves[index], proof, root)
        for other in (proof[:-1] if proof else [root], proof[1:] or [root], [*proof, root]):
            assert not inclusion_holds(index, size, leaves[index], other, root)
        first, proof = root_of(leaves[: index + 1]), consistency(index + 1, leaves)
        assert consistency_holds(index + 1, size, first, root, proof)
        assert not consistency_holds(index + 1, size, first, root, [*proof, root])
        assert not proof or not consistency_holds(index + 1, size, first, root, proof[:-1])
