"""What it costs to find something, beside the same words put straight to the database.

Portals with 1,000, 20,000 and 100,000 pieces of approved evidence of two pages each, on SQLite and
on PostgreSQL. Besides the time: is what was meant among the first ten?
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks.harness import library
from benchmarks.harness.bench import Bench, Figure, session_cookie
from benchmarks.harness.client import Client
from benchmarks.harness.library_on_postgresql import on_postgresql
from benchmarks.harness.library_pages import Library, figures_of, library_of
from benchmarks.harness.portals import DATABASE, inside, static_files
from benchmarks.harness.servers import web_server
from evidence_review.evidence.models import Evidence
from script.check.template import one_at_a_time
from script.launch import fingerprints
from script.launch.options import ROOT

SIZES = (1_000, 20_000, 100_000)
QUICK_SIZES = (1_000, 10_000)
_KEPT = ROOT / ".cache" / "libraries"
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
    kept = _KEPT / fingerprints.of_files(_SHAPES_CONTENT) / str(bench.seed)
    with one_at_a_time("libraries"):
        for size in sizes:
            database = kept / f"{size}.sqlite3"
            if not database.exists():
                bench.say(f"Writing a library of {size} documents")
                library.grow_to(size, bench.seed)
                _keep(bench.data / DATABASE, database)
    folders = {size: bench.data / f"library-{size}" for size in sizes}
    for size, folder in folders.items():
        folder.mkdir()
        shutil.copyfile(kept / f"{size}.sqlite3", folder / DATABASE)
    return folders


def _keep(database: Path, kept: Path) -> None:
    if not kept.parent.exists():
        # What is here was written by other code.
        shutil.rmtree(_KEPT, ignore_errors=True)
        kept.parent.mkdir(parents=True)
    connection.close()
    building = kept.with_suffix(".building")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(building)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    building.rename(kept)


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
            environ = {
                "PORTAL_DATA": str(folder),
                "PORTAL_STATIC": str(static),
                "SECRET_KEY": settings.SECRET_KEY,
            }
            server = running.enter_context(web_server(workers=1, environ=environ))
            client = running.enter_context(Client(server.port))
            libraries.append(library_of(bench, client, size, (lead, restricted), refs))
        yield libraries
