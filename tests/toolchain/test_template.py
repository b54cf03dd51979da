"""The migrated template: made once, made anew when something that shapes it changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from script.check import template
from script.launch import fingerprints


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a tree with one migration, and a cache of its own."""
    migrations = tmp_path / "portal" / "people" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("one")
    monkeypatch.setattr(template, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(
        template,
        "schema_key",
        lambda: fingerprints.of_files(fingerprints.SHAPES_SCHEMA, tmp_path),
    )
    return tmp_path


class Migration:
    """Counts how often it had to run."""

    runs = 0

    def __call__(self, path: Path) -> None:
        """Make a database."""
        self.runs += 1
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE TABLE people (name text)")


def test_it_is_made_once(tree: Path) -> None:
    migrate = Migration()
    first = template.migrated_sqlite(migrate)
    assert template.migrated_sqlite(migrate) == first
    assert migrate.runs == 1


def test_a_new_migration_makes_it_anew(tree: Path) -> None:
    migrate = Migration()
    first = template.migrated_sqlite(migrate)
    (tree / "portal" / "people" / "migrations" / "0002_more.py").write_text("two")
    assert template.migrated_sqlite(migrate) != first
    assert migrate.runs == 2


def test_a_changed_page_does_not(tree: Path) -> None:
    migrate = Migration()
    first = template.migrated_sqlite(migrate)
    (tree / "portal" / "people" / "views.py").write_text("anything")
    assert template.migrated_sqlite(migrate) == first


def test_one_file_holds_all_of_it(tree: Path) -> None:
    made = template.migrated_sqlite(Migration())
    copy = tree / "copy.sqlite3"
    copy.write_bytes(made.read_bytes())
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM people").fetchone() == (0,)


def test_a_migration_that_failed_leaves_nothing_to_reuse(tree: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        template.migrated_sqlite(fail)
    migrate = Migration()
    template.migrated_sqlite(migrate)
    assert migrate.runs == 1


def test_a_database_is_known_by_its_tables_and_migrations(tmp_path: Path) -> None:
    path = tmp_path / "portal.sqlite3"
    assert fingerprints.of_sqlite(path) == ""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE django_migrations (app text, name text)")
        database.commit()
        empty = fingerprints.of_sqlite(path)
        database.execute("INSERT INTO django_migrations VALUES ('people', '0001')")
        database.commit()
        assert fingerprints.of_sqlite(path) not in {"", empty}
        before = fingerprints.of_sqlite(path)
        database.execute("CREATE TRIGGER t BEFORE DELETE ON django_migrations BEGIN SELECT 1; END")
        database.commit()
        assert fingerprints.of_sqlite(path) != before
