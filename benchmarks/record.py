"""What a record that proves itself costs: to write it, to seal it, to check it, to hand it out.

Every part measures the real thing beside what it is compared with: the action that approves, with
its event and without; eight processes that append; the sealer's own process; proofs among 10^3 to
10^6 events; and packs beside ``zip``.
"""

import json
import sys

from benchmarks.harness import people
from benchmarks.harness.approvals import approval_figures, evidence_for
from benchmarks.harness.bench import Bench, Figure
from benchmarks.harness.group_on_postgresql import run
from benchmarks.harness.pack_speed import pack_figures
from benchmarks.harness.proof_growth import proof_figures
from benchmarks.harness.seal_lag import seal_lag_figures
from script.check.postgresql import NoPostgresql, private_server

_WRITERS = 8
_SEAL_SECONDS = 40


def measure(bench: Bench) -> dict[str, Figure]:
    """Return every figure; those on PostgreSQL only where it is installed."""
    rounds = bench.rounds(full=250, quick=60)
    bench.say("Filling a portal with evidence that waits for review")
    people.fill(evidence_for(rounds))
    bench.say("Approving with the record and without it")
    figures = approval_figures(rounds)
    figures |= proof_figures(bench)
    figures |= pack_figures(bench)
    bench.say("Waiting for seals")
    figures |= seal_lag_figures(bench.rounds(full=_SEAL_SECONDS, quick=12))
    try:
        return figures | _on_postgresql(bench, rounds)
    except NoPostgresql as missing:
        bench.say(f"PostgreSQL is not measured: {missing}")
        return figures


def _on_postgresql(bench: Bench, rounds: int) -> dict[str, Figure]:
    """Return the rate of eight writers, and in a full run the rest, on a server that syncs."""
    seconds = bench.rounds(full=20, quick=5)
    with private_server(synced=True) as url:
        bench.say(f"{_WRITERS} processes append to the record on PostgreSQL, then one")
        # To append, the record's own tables are enough, after those of people; all take longer.
        for tables in (("people",), ("record",)) if bench.quick else ((),):
            run([sys.executable, "manage.py", "migrate", *tables, "--no-input", "-v", "0"], url)
        figures: dict[str, Figure] = {
            f"append_per_s_{_WRITERS}_writers": _appended(url, _WRITERS, seconds),
            "append_per_s_1_writer": _appended(url, 1, seconds),
        }
        if not bench.quick:
            bench.say("Seals and approvals on PostgreSQL")
            for part, amount in (("seal_lag", _SEAL_SECONDS), ("approvals", rounds)):
                figures |= _part_on_postgresql(bench, part, amount, url)
    return figures


def _appended(url: str, writers: int, seconds: int) -> float:
    command = [sys.executable, "-m", "benchmarks.harness.writers", str(writers), str(seconds)]
    return float(run(command, url).splitlines()[-1])


def _part_on_postgresql(bench: Bench, part: str, amount: int, url: str) -> dict[str, Figure]:
    command = [sys.executable, "-m", f"benchmarks.harness.{part}", str(amount)]
    told = run(command, url, PORTAL_SEALER_DIR=str(bench.data / "sealer-postgresql"))
    figures = json.loads(told.splitlines()[-1])
    return {f"{name}_postgresql": value for name, value in figures.items()}
