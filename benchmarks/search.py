"""What it costs to find something, beside the same words put straight to the database.

Portals with 1,000, 20,000 and 100,000 pieces of approved evidence of two pages each, on SQLite and
on PostgreSQL. Besides the time: is what was meant among the first ten?
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.harness import library
from benchmarks.harness.bench import Bench, Figure, session_cookie
from benchmarks.harness.grown import grown, served
from benchmarks.harness.library_on_postgresql import on_postgresql
from benchmarks.harness.library_pages import Library, figures_of, library_of
from benchmarks.harness.portals import inside, static_files
from evidence_review.evidence.models import Evidence
from script.launch import fingerprints

SIZES = (1_000, 20_000, 100_000)
QUICK_SIZES = (1_000, 10_000)
_SHAPES_CONTENT = (
    *fingerprints.SHAPES_SCHEMA,
    "benchmarks/harness/library.py",
    "benchmarks/harness/library_words.py",
    "benchmarks/harness/groups.py",
    "search/**/*.py",
)


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the ratios to the floor, the growth and how often the right thing is found."""
    with _opened(bench, _filled(bench)) as libraries:
        bench.say("Finding things on SQLite")
        figures = figures_of(bench, libraries, "sqlite")
    return figures if bench.quick else figures | on_postgresql(bench, SIZES)


def _filled(bench: Bench) -> dict[int, Path]:
    """Return a data folder for each size, filled once and kept until the code changes."""
    sizes = QUICK_SIZES if bench.quick else SIZES
    made_of = f"{fingerprints.of_files(_SHAPES_CONTENT)}-{bench.seed}"
    return grown(bench, "libraries", made_of, sizes, lambda size: library.grow_to(size, bench.seed))


@contextmanager
def _opened(bench: Bench, folders: Mapping[int, Path]) -> Iterator[list[Library]]:
    """Serve each library, smallest first."""
    static = static_files(bench)
    libraries = []
    with ExitStack() as running:
        for size, folder in folders.items():
            with inside(folder):
                readers = library.readers()
                lead, restricted = session_cookie(readers.lead), session_cookie(readers.restricted)
                refs = list(Evidence.objects.order_by("pk").values_list("public_id", flat=True))
            client = running.enter_context(served(folder, static))
            libraries.append(library_of(bench, client, size, (lead, restricted), refs))
        yield libraries
