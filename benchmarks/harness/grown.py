"""Portals grown step by step to several sizes, kept until what grows them changes, and served."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from benchmarks.harness.bench import Bench
from benchmarks.harness.client import Client
from benchmarks.harness.portals import DATABASE, copy_database
from benchmarks.harness.servers import web_server
from script.check.template import one_at_a_time
from script.launch.options import ROOT


def grown(
    bench: Bench, name: str, made_of: str, sizes: Sequence[int], grow_to: Callable[[int], None]
) -> dict[int, Path]:
    """Return a data folder of the run's own for each size, smallest first.

    ``grow_to`` makes the portal that this process has open grow to a size. What it made is kept
    under ``name`` as long as ``made_of``, which says by what it was made, stays the same.
    """
    whole = ROOT / ".cache" / name
    kept = whole / made_of
    with one_at_a_time(name):
        for size in sizes:
            database = kept / f"{size}.sqlite3"
            if not database.exists():
                bench.say(f"Filling {name} to a size of {size}")
                grow_to(size)
                _keep(bench.data / DATABASE, database, whole)
    folders = {size: bench.data / f"{name}-{size}" for size in sizes}
    for size, folder in folders.items():
        folder.mkdir()
        shutil.copyfile(kept / f"{size}.sqlite3", folder / DATABASE)
    return folders


def _keep(database: Path, kept: Path, whole: Path) -> None:
    if not kept.parent.exists():
        # What is here was made by something else.
        shutil.rmtree(whole, ignore_errors=True)
        kept.parent.mkdir(parents=True)
    building = kept.with_suffix(".building")
    copy_database(database, building)
    building.rename(kept)


@contextmanager
def served(folder: Path, static: Path) -> Iterator[Client]:
    """Serve the portal of a data folder by one web process; give a client for it."""
    environ = {
        "PORTAL_DATA": str(folder),
        "PORTAL_STATIC": str(static),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    with web_server(workers=1, environ=environ) as server, Client(server.port) as client:
        yield client
