"""Short hashes that tell whether slow preparation has to be done again."""

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHAPES_SCHEMA = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "*/*/apps.py",
    "*/*/refusals.py",
    "portal/people/groups.py",
    "portal/record/installation.py",
    "portal/record/triggers.py",
    "config/settings/*.py",
    "requirements/portal.txt",
)
SHAPES_CATALOGUE = ("portal/frameworks/**/*.py", "portal/frameworks/**/*.y*ml")
SHAPES_CONTENT = (
    *SHAPES_CATALOGUE,
    "portal/health/schedules.py",
    "*/*/actions/set_up_*.py",
    "*/*/management/commands/*.py",
)
SHAPES_STATIC = (
    "templates/static/**/*",
    "*/static/**/*",
    "*/*/static/**/*",
    "config/settings/storage.py",
    "requirements/portal.txt",
)


def of_files(patterns: Iterable[str], root: Path = ROOT) -> str:
    """Return a hash of the names and contents of all files that match, below ``root``."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        if path.is_file():
            name = str(path.relative_to(root)).encode()
            digest.update(b"%d %s %d " % (len(name), name, path.stat().st_size))
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def of_sqlite(path: Path) -> str:
    """Return a hash of a database's tables, triggers and applied migrations; empty without one."""
    if not path.exists():
        return ""
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            for question in (
                "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
                "SELECT app, name, '' FROM django_migrations ORDER BY app, name",
            ):
                for row in database.execute(question):
                    digest.update(repr(row).encode())
    except sqlite3.Error:
        return ""
    return digest.hexdigest()[:16]
