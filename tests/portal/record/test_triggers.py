"""How rooms say what the database must refuse."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from portal.record import triggers
from portal.record.triggers import (
    Refusal,
    all_refusals,
    append_only,
    immutable,
    never_deleted,
    refuse,
    refuse_truncate,
)


def run(*statements: str) -> None:
    """Run statements in a transaction of their own."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def jars(db: None) -> str:
    """Make a table of two rows and return its name."""
    run(
        "CREATE TABLE jars (id integer PRIMARY KEY, label text, shelf integer)",
        "INSERT INTO jars VALUES (1, 'plum', 1), (2, NULL, 2)",
    )
    return "jars"


def install(*refusals: Refusal) -> None:
    """Put refusals in place in whichever database this is."""
    run(
        *filter(
            None,
            (
                refusal.postgresql if connection.vendor == "postgresql" else refusal.sqlite
                for refusal in refusals
            ),
        )
    )


def test_a_condition_refuses_only_the_rows_it_is_about(jars: str) -> None:
    install(refuse(jars, "update", "too high", when="NEW.shelf > 5 AND OLD.shelf <= 5"))
    run("UPDATE jars SET shelf = 5")
    with pytest.raises(IntegrityError, match="refused: too high"):
        run("UPDATE jars SET shelf = 6 WHERE id = 1")


def test_a_condition_may_look_into_other_rows(jars: str) -> None:
    install(
        refuse(
            jars,
            "insert",
            "the shelf is full",
            when="EXISTS (SELECT 1 FROM jars j WHERE j.shelf = NEW.shelf)",
        )
    )
    run("INSERT INTO jars VALUES (3, 'pear', 3)")
    with pytest.raises(IntegrityError, match="the shelf is full"):
        run("INSERT INTO jars VALUES (4, 'pear', 3)")


def test_a_message_may_hold_an_apostrophe(jars: str) -> None:
    install(refuse(jars, "delete", "that is Tom's jar"))
    with pytest.raises(IntegrityError, match="that is Tom's jar"):
        run("DELETE FROM jars WHERE id = 1")


def test_immutable_columns_keep_their_values_and_others_do_not(jars: str) -> None:
    install(immutable(jars, ["id", "label"]))
    run("UPDATE jars SET shelf = 9, label = label")
    for change in (
        "UPDATE jars SET label = 'pear' WHERE id = 1",
        "UPDATE jars SET label = NULL WHERE id = 1",
        "UPDATE jars SET id = 11 WHERE id = 1",
    ):
        with pytest.raises(IntegrityError, match="never change: id, label"):
            run(change)
    with pytest.raises(IntegrityError, match="never change"):
        run("UPDATE jars SET label = 'now it has one' WHERE id = 2")


def test_an_append_only_table_takes_new_rows_only(jars: str) -> None:
    install(*append_only(jars))
    run("INSERT INTO jars VALUES (3, 'pear', 3)")
    for statement in ("UPDATE jars SET shelf = shelf", "DELETE FROM jars WHERE id = 3"):
        with pytest.raises(IntegrityError, match="refused: rows of jars"):
            run(statement)


def test_a_table_whose_rows_stay_can_still_change(jars: str) -> None:
    install(*never_deleted(jars))
    run("UPDATE jars SET shelf = 4")
    with pytest.raises(IntegrityError, match="never deleted"):
        run("DELETE FROM jars WHERE id = 1")


@pytest.mark.postgresql_only
def test_a_table_that_is_never_emptied_refuses_truncate(jars: str) -> None:
    install(refuse_truncate(jars, "jars are emptied one by one"))
    with pytest.raises(IntegrityError, match="refused: jars are emptied one by one"):
        run("TRUNCATE jars")


@pytest.mark.parametrize("name", ["", "two words", "x" * 64, 'a"b', "1st"])
def test_a_name_no_database_would_keep_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no usable trigger name"):
        Refusal(name, "jars", "", "")


def test_two_refusals_may_not_share_a_name(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rooms(name: str) -> Any:
        return SimpleNamespace(REFUSALS=append_only("jars"))

    settings.DATABASE_REFUSALS = ["portal.record.refusals", "portal.people.refusals"]
    monkeypatch.setattr(triggers, "import_module", rooms)
    with pytest.raises(ValueError, match="two refusals are called jars_refuses_update"):
        all_refusals()


def test_a_room_that_is_not_there_is_an_error(settings: Settings) -> None:
    settings.DATABASE_REFUSALS = ["portal.record.refusals", "portal.record.no_such_thing"]
    with pytest.raises(ModuleNotFoundError):
        all_refusals()


def test_every_table_of_every_room_exists(db: None) -> None:
    tables = set(connection.introspection.table_names())
    assert [refusal.name for refusal in all_refusals() if refusal.table not in tables] == []
