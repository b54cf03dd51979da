"""Proofs are measured that really hold, and grow with the logarithm of the record."""

import math

from benchmarks.harness.bench import Bench
from benchmarks.harness.proof_growth import figures_at


def test_a_proof_has_a_hash_for_every_doubling() -> None:
    bench = Bench("record", quick=True, seed=1)
    few, many = figures_at(bench, 100, "few"), figures_at(bench, 3_000, "many")

    assert few["proof_hashes_few"] == math.ceil(math.log2(100))
    assert many["proof_hashes_many"] == math.ceil(math.log2(3_000))
    assert float(many["proof_hashes_over_log2_many"]) <= 1
    assert float(many["proof_bytes_many"]) < 2 * float(few["proof_bytes_few"])
