"""What ``script/test`` runs, and how it tells what became of it."""

import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from script.check import run
from script.check.postgresql import private_server
from script.check.steps import LOOKS, ON_SQLITE, Step, on_postgresql

ROOT = Path(__file__).resolve().parents[2]
PASSES = Step("tests here", (sys.executable, "-c", "print('3 passed')"))
FAILS = Step("tests there", (sys.executable, "-c", "print('1 failed'); raise SystemExit(1)"))


@contextmanager
def no_server():
    """Stand in for a PostgreSQL server."""
    yield "postgres:///nowhere"


def test_the_closing_lines_of_both_test_runs_come_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "LOOKS", ())
    monkeypatch.setattr(run, "ON_SQLITE", PASSES)
    monkeypatch.setattr(run, "on_postgresql", lambda url: FAILS)
    monkeypatch.setattr(run, "private_server", no_server)
    monkeypatch.setattr(run, "databases", lambda url: ())
    assert run.everything() == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "tests here: 3 passed",
        "tests there: 1 failed",
    ]


def test_one_step_that_fails_fails_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ON_SQLITE", PASSES)
    monkeypatch.setattr(run, "on_postgresql", lambda url: PASSES)
    monkeypatch.setattr(run, "private_server", no_server)
    monkeypatch.setattr(run, "databases", lambda url: ())
    monkeypatch.setattr(run, "LOOKS", (PASSES,))
    assert run.everything() == 0
    monkeypatch.setattr(run, "LOOKS", (FAILS, PASSES))
    assert run.everything() == 1


def test_the_databases_are_there_before_the_tests_ask_for_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    makes = Step("made", (sys.executable, "-c", f"open({str(made)!r}, 'w').close()"))
    asks = Step("tests", (sys.executable, "-c", f"open({str(made)!r})"))
    monkeypatch.setattr(run, "private_server", no_server)
    monkeypatch.setattr(run, "databases", lambda url: (makes,))
    monkeypatch.setattr(run, "LOOKS", ())
    monkeypatch.setattr(run, "ON_SQLITE", asks)
    monkeypatch.setattr(run, "on_postgresql", lambda url: asks)
    assert run.everything() == 0


def test_processes_of_the_tests_find_their_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    environment = run.clean_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert Path(environment["PYTHONPYCACHEPREFIX"]).is_relative_to(ROOT / ".cache")


def test_what_a_person_set_for_their_own_portal_does_not_reach_the_tests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORTAL_DATA", "/srv/their-own")
    monkeypatch.setenv("DATABASE_URL", "postgres:///their-own")
    monkeypatch.setenv("PGHOST", "their-own")
    assert not {"PORTAL_DATA", "DATABASE_URL", "PGHOST"} & set(run.clean_environment())


def test_every_kind_of_look_is_taken() -> None:
    assert [step.name for step in LOOKS] == [
        "lint",
        "layout",
        "imports",
        "types",
        "migrations",
        "image",
        "compose file",
    ]


def test_tests_for_one_database_do_not_run_on_the_other() -> None:
    assert ON_SQLITE.command[-1] == "not postgresql_only"
    again = on_postgresql("postgres:///x")
    assert again.command[-1] == "database and not sqlite_only and not journey"
    assert again.environment == {"DATABASE_URL": "postgres:///x"}


@pytest.mark.parametrize("program", ["server", "test", "bench", "with-python"])
def test_every_program_can_be_run(program: str) -> None:
    path = ROOT / "script" / program
    assert path.stat().st_mode & 0o111 == 0o111
    assert path.read_text().startswith("#!/usr/bin/env bash\n")


@pytest.mark.sqlite_only
def test_a_private_postgresql_leaves_nothing_behind() -> None:
    with private_server() as url:
        folder = Path("/" + url.removeprefix("postgres:///").strip("/").removesuffix("/postgres"))
        with psycopg.connect(host=str(folder), dbname="postgres") as server:
            assert server.execute("SHOW fsync").fetchone() == ("off",)
            assert server.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not folder.exists()
