"""Filled portals, each a data folder of its own, so that few and many can be measured in turns."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from benchmarks.harness import people
from benchmarks.harness.bench import Bench
from script.check.template import one_at_a_time
from script.launch import fingerprints
from script.launch.options import ROOT

FEW, MANY = 1_000, 20_000
DATABASE = "portal.sqlite3"
_KEPT = ROOT / ".cache" / "portals"
_SHAPES_CONTENT = (
    *fingerprints.SHAPES_SCHEMA,
    *fingerprints.SHAPES_CONTENT,
    "home/demo/*",
    "benchmarks/harness/portals.py",
    "benchmarks/harness/people.py",
    "portal/record/*.py",
)


def few_and_many(bench: Bench) -> tuple[Path, Path]:
    """Return two data folders below the run's own: with 1,000 pieces of evidence, and 20,000.

    Filling them takes half a minute, so both are kept until the code that fills them changes; the
    run works on copies.
    """
    kept = _KEPT / fingerprints.of_files(_SHAPES_CONTENT)
    with one_at_a_time("filled"):
        if not kept.exists():
            # What is here was filled by other code, or left by a run that was broken off.
            shutil.rmtree(_KEPT, ignore_errors=True)
            building = kept.with_name("building")
            for name, evidence in (("few", FEW), ("many", MANY)):
                bench.say(f"Filling a portal with {evidence} pieces of evidence")
                people.fill(evidence)
                _keep(bench.data, building / name)
            building.rename(kept)
        shutil.copytree(kept, bench.data, dirs_exist_ok=True)
    return bench.data / "few", bench.data / "many"


def _keep(data: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copytree(data / "bytes", folder / "bytes")
    copy_database(data / DATABASE, folder / DATABASE)


def copy_database(database: Path, copy: Path) -> None:
    """Copy a database that this process may have open, with what its log still holds."""
    connection.close()
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        # As the settings leave every database they open.
        target.execute("PRAGMA journal_mode=WAL")


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Let this process work on the database of another data folder for a while."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(folder / DATABASE)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def static_files(bench: Bench) -> Path:
    """Return the folder of the collected static files, made once and kept until they change."""
    kept = _KEPT.with_name("static") / fingerprints.of_files(fingerprints.SHAPES_STATIC)
    with one_at_a_time("static"):
        if not kept.exists():
            bench.say("Collecting static files")
            shutil.rmtree(kept.parent, ignore_errors=True)
            building = kept.with_name("building")
            collect(building)
            building.rename(kept)
    return kept


def collect(folder: Path) -> None:
    """Collect the portal's static files as ``script/server`` does."""
    environ = os.environ | {"PORTAL_STATIC": str(folder)}
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True)
