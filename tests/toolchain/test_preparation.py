"""What is prepared before a start, and what is skipped because nothing changed."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from script.launch import options, preparation
from script.launch.options import Options
from script.launch.preparation import PreparationFailed

STEPS = ["prepare_portal", "collectstatic"]


@pytest.fixture
def chosen(tmp_path: Path) -> Options:
    """Choose an empty folder."""
    return options.read([], {"PORTAL_DATA": str(tmp_path)})


@pytest.fixture
def ran(chosen: Options, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the management commands; ``prepare_portal`` makes a database as the real one does."""
    commands: list[str] = []

    def manage(environ: Mapping[str, str], *command: str) -> str:
        commands.append(command[0])
        if command[0] == "prepare_portal":
            make_database(chosen.data / "portal.sqlite3", "one")
        return "http://localhost/set-up/key\n" if command[0] == "first_admin_link" else ""

    monkeypatch.setattr(preparation, "manage", manage)
    return commands


def make_database(path: Path, table: str) -> None:
    """Make a database with one table and the list of migrations."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE django_migrations (app text, name text)")
        database.execute(f"CREATE TABLE {table} (id integer)")


def test_a_first_start_prepares_everything_in_order(chosen: Options, ran: list[str]) -> None:
    preparation.prepare(chosen, {})
    assert ran == STEPS


def test_a_second_start_prepares_nothing(chosen: Options, ran: list[str]) -> None:
    preparation.prepare(chosen, {})
    ran.clear()
    preparation.prepare(chosen, {})
    assert ran == []


def test_a_database_that_was_exchanged_is_prepared_again(chosen: Options, ran: list[str]) -> None:
    preparation.prepare(chosen, {})
    make_database(chosen.data / "portal.sqlite3", "another")
    ran.clear()
    preparation.prepare(chosen, {})
    assert ran == ["prepare_portal"]


def test_a_database_that_was_deleted_is_made_again(chosen: Options, ran: list[str]) -> None:
    preparation.prepare(chosen, {})
    (chosen.data / "portal.sqlite3").unlink()
    ran.clear()
    preparation.prepare(chosen, {})
    assert "prepare_portal" in ran


def test_postgresql_is_prepared_on_every_start(chosen: Options, ran: list[str]) -> None:
    on_server = replace(chosen, database_url="postgres:///portal")
    preparation.prepare(on_server, {})
    ran.clear()
    preparation.prepare(on_server, {})
    assert ran == ["prepare_portal"]


def test_a_first_start_is_a_demo_and_stays_one(chosen: Options, ran: list[str]) -> None:
    preparation.prepare(chosen, {})
    assert preparation.needs_demo(chosen)
    (chosen.data / preparation.SIGN_INS).write_text("people")
    preparation.prepare(chosen, {})
    assert not preparation.needs_demo(chosen)
    assert preparation.how_to_sign_in(chosen, {})[0] == "people"


def test_a_portal_started_empty_never_becomes_a_demo(chosen: Options, ran: list[str]) -> None:
    preparation.prepare(replace(chosen, demo=False), {})
    preparation.prepare(chosen, {})
    assert not preparation.needs_demo(chosen)


def test_an_empty_portal_is_refused_in_the_folder_of_a_demo(
    chosen: Options, ran: list[str]
) -> None:
    preparation.prepare(chosen, {})
    with pytest.raises(PreparationFailed, match="choose another folder"):
        preparation.prepare(replace(chosen, demo=False), {})


def test_an_empty_portal_tells_the_link_of_its_first_administrator(
    chosen: Options, ran: list[str]
) -> None:
    empty = replace(chosen, demo=False)
    preparation.prepare(empty, {})
    (line,) = preparation.how_to_sign_in(empty, {})
    assert line.endswith("http://localhost/set-up/key")


def test_a_step_that_fails_is_named() -> None:
    with pytest.raises(PreparationFailed, match=r"manage\.py no_such_command failed"):
        preparation.manage({"DJANGO_SETTINGS_MODULE": "nowhere"}, "no_such_command")
