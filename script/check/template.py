"""A migrated SQLite database, made once and kept until something that shapes it changes."""

import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from script.launch import fingerprints

CACHE = fingerprints.ROOT / ".cache" / "databases"
_SECONDS_KEPT = 24 * 3600


def schema_key() -> str:
    """Return a short hash of every file that shapes a freshly migrated database."""
    return fingerprints.of_files(fingerprints.SHAPES_SCHEMA)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let one process at a time pass, of all that work on this tree."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrated_sqlite(migrate: Callable[[Path], None]) -> Path:
    """Return the kept database file; ``migrate`` fills a new file when there is none yet.

    The file is for copying: nobody may open it to write.
    """
    template = CACHE / f"{schema_key()}.sqlite3"
    with one_at_a_time("sqlite"):
        if not template.exists():
            _remove_what_is_old()
            building = CACHE / "building"
            migrate(building)
            with closing(sqlite3.connect(building)) as made:
                made.execute("PRAGMA journal_mode=DELETE")
            building.rename(template)
        template.touch()
    return template


def _remove_what_is_old() -> None:
    for path in CACHE.glob("*.sqlite3"):
        if time.time() - path.stat().st_mtime > _SECONDS_KEPT:
            path.unlink()
    # Only one process is here at a time, so what an interrupted one left is nobody's.
    for path in CACHE.glob("building*"):
        path.unlink()
