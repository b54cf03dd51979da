"""What it costs to see how ready a whole group is, beside one statement over the same answers.

Portals with 1, 10, 100 and 300 sites, each site with 56 answers and three approved pieces of
evidence to each. The page shows fifty sites at a time, and counts, sorts and sums up all of them;
the floor is a bare signed-in view that counts every answer in one statement.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from benchmarks.harness import groups
from benchmarks.harness.bench import Bench, Figure, session_cookie
from benchmarks.harness.group_on_postgresql import on_postgresql
from benchmarks.harness.group_pages import figures_of, pages_of
from benchmarks.harness.grown import grown, served
from benchmarks.harness.pages import Opened
from benchmarks.harness.portals import inside, static_files
from benchmarks.harness.servers import scanner
from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import read_tally
from evidence_review.evidence.models import EvidenceVersion, GateReport
from evidence_review.evidence.states import VersionState
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.withdraw import withdraw
from script.launch import fingerprints

_SIZES = (1, 10, 100, 300)
_QUICK_SIZES = (1, 10, 300)
_SHAPES_CONTENT = (
    *fingerprints.SHAPES_SCHEMA,
    *fingerprints.SHAPES_CATALOGUE,
    "benchmarks/harness/groups.py",
    "evidence_review/assessments/*.py",
    "evidence_review/assessments/actions/restate.py",
)


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the counts, the ratios to the floor and to few sites, and the reach of an approval."""
    sizes = _QUICK_SIZES if bench.quick else _SIZES
    folders = _filled(bench, sizes)
    with inside(folders[sizes[-1]]):
        touched = _approval(bench) | {"tallies_300_read_ms": _tallies_read_ms()}
    with _opened(bench, folders) as opened:
        bench.say("The group's page and the page of one site")
        figures = touched | figures_of(bench, opened)
    return figures if bench.quick else figures | on_postgresql(bench)


def _approval(bench: Bench) -> dict[str, Figure]:
    """Let one version go and be approved again, and count the rows of assessments it touches."""
    bench.say("One approval among many sites")
    lead, written = groups.people().lead, [0]

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if sql.startswith(("UPDATE", "INSERT")) and '"assessments_' in sql:
            written[0] += context["cursor"].rowcount
        return answer

    with scanner(), transaction.atomic():
        version = _second_version(groups.people())
        with connection.execute_wrapper(count):
            approve(version.public_id, actor=lead, sha256_seen=version.sha256)
        transaction.set_rollback(True)
    return {"approval_rows_touched": written[0]}


def _tallies_read_ms() -> float:
    """Return how long it takes to read every tally with nothing remembered."""
    texts = list(Assessment.objects.values_list(Cast("tally", TextField()), flat=True))
    read_tally.cache_clear()
    started = time.perf_counter()
    for text in texts:
        read_tally(text)
    return (time.perf_counter() - started) * 1000


def _second_version(who: groups.People) -> EvidenceVersion:
    """Withdraw what a complete answer rests on; return a new version of it that is in review."""
    answer = Response.objects.filter(standing=Standing.COMPLETE).order_by("-pk")[0]
    first = EvidenceVersion.objects.filter(evidence__responses=answer)[0]
    withdraw(first.public_id, actor=who.lead, reason="There is a newer one.")
    second = EvidenceVersion.objects.create(
        evidence=first.evidence,
        number=2,
        sha256=first.sha256,
        size=first.size,
        media_type=first.media_type,
        extension=first.extension,
        original_name=first.original_name,
        uploaded_by=who.uploader,
        state=VersionState.IN_REVIEW,
    )
    GateReport.objects.create(version=second, outcome=GateReport.Outcome.ACCEPTED, gate_version="1")
    return second


def _filled(bench: Bench, sizes: Sequence[int]) -> dict[int, Path]:
    """Return a data folder for each size, filled once and kept until the code changes."""
    made_of = f"{fingerprints.of_files(_SHAPES_CONTENT)}-{timezone.localdate()}"
    return grown(bench, "groups", made_of, sizes, groups.grow_to)


@contextmanager
def _opened(bench: Bench, folders: Mapping[int, Path]) -> Iterator[dict[str, Opened]]:
    """Serve each group; give the group's page of each but the first, and one site of two."""
    static = static_files(bench)
    pages: dict[str, Opened] = {}
    with ExitStack() as running:
        for size, folder in folders.items():
            with inside(folder):
                cookie = session_cookie(groups.people().manager)
                site = Assessment.objects.order_by("pk")[0].public_id
            client = running.enter_context(served(folder, static))
            pages |= pages_of(client, size, cookie, site, alone=size in (1, max(folders)))
        yield pages
