"""How large a proof is and how long it takes to check, as the record grows a thousandfold.

Over leaf hashes alone, without a database: what a verifier is handed does not depend on where the
hashes come from.
"""

import math
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.harness.bench import Bench, Figure
from portal.record.checkpoints import Checkpoint
from portal.record.merkle import leaf_hash
from portal.record.notes import NoteKey, public_key, signed
from portal.record.proof_files import ProofFile, read_proof
from portal.record.proofs import Tree, consistency_holds

T = TypeVar("T")
_POWERS = (3, 4, 5, 6)
_ORIGIN = "benchmark.example/record"


def proof_figures(bench: Bench) -> dict[str, Figure]:
    """Return size and times of proofs at 10^3 to 10^6 events, and how they grow."""
    figures: dict[str, Figure] = {}
    for power in _POWERS:
        bench.say(f"Proofs among 10^{power} events")
        figures |= figures_at(bench, 10**power, f"1e{power}")
    few, many = f"1e{_POWERS[0]}", f"1e{_POWERS[-1]}"
    for name in ("proof_bytes", "verify_ms"):
        ratio = float(figures[f"{name}_{many}"]) / float(figures[f"{name}_{few}"])
        figures[f"{name}_{many}_over_{few}"] = ratio
    return figures


def figures_at(bench: Bench, size: int, name: str) -> dict[str, Figure]:
    """Return what proofs among so many events take, each figure named ``..._NAME``."""
    proofs = bench.rounds(full=500, quick=100)
    key = Ed25519PrivateKey.generate()
    trusted = [public_key(_ORIGIN, key)]
    started = time.perf_counter()
    tree = Tree(leaf_hash(_body(number)) for number in range(size))
    built = time.perf_counter() - started
    note = signed(Checkpoint(_ORIGIN, size, tree.root()).text, [(_ORIGIN, key)])
    made, checked, sizes, hashes = [], [], [], []
    for index in (random.randrange(size) for _ in range(proofs)):
        path, took = _timed(partial(tree.inclusion, index, size))
        made.append(took)
        text = str(ProofFile(index, tuple(path), note))
        checked.append(_timed(partial(_check, text, index, trusted))[1])
        sizes.append(len(text))
        hashes.append(len(path))
    return {
        f"proof_bytes_{name}": max(sizes),
        f"proof_hashes_{name}": max(hashes),
        f"proof_hashes_over_log2_{name}": max(hashes) / math.ceil(math.log2(size)),
        f"proof_make_ms_{name}": statistics.median(made) * 1000,
        f"verify_ms_{name}": statistics.median(checked) * 1000,
        f"consistency_bytes_{name}": _consistency(tree, size),
        f"tree_build_s_{name}": built,
    }


def _body(number: int) -> bytes:
    return b'{"seq":%d,"verb":"version.approved"}' % number


def _check(text: str, index: int, trusted: list[NoteKey]) -> None:
    """Check a proof as it came: its form, the signature, and the way up to the root."""
    read_proof(text).checked(_body(index), trusted)


def _consistency(tree: Tree, size: int) -> int:
    """Return the bytes of the longest of some proofs that a shorter tree is the beginning."""
    longest = 0
    for first in (random.randrange(1, size) for _ in range(50)):
        proof = tree.consistency(first, size)
        if not consistency_holds(
            first=first,
            second=size,
            first_root=tree.root(first),
            second_root=tree.root(size),
            proof=proof,
        ):
            raise AssertionError(f"the proof from {first} to {size} does not hold")
        longest = max(longest, sum(map(len, proof)))
    return longest


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    value = work()
    return value, time.perf_counter() - started
