"""The refusals are in place after every migrate, and it is noticed when they are not."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.record.checks import refusals_are_installed
from portal.record.installation import (
    install_refusals,
    missing_refusals,
    remove_refusals,
    step_aside_before_migrate,
)
from portal.record.models import Event
from portal.record.triggers import all_refusals

pytestmark = pytest.mark.django_db


def run(*statements: str) -> None:
    """Run statements in a transaction of their own."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(name: str, table: str) -> str:
    """Return the statement that drops one trigger in this database."""
    return f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")


def names() -> set[str]:
    """Return the names of all refusals that this database can have."""
    return {
        refusal.name
        for refusal in all_refusals()
        if (refusal.postgresql if connection.vendor == "postgresql" else refusal.sqlite)
    }


def test_a_migrated_database_refuses_everything_it_must() -> None:
    assert missing_refusals() == []


def test_a_dropped_refusal_is_missed_by_name() -> None:
    run(drop("record_event_refuses_delete", "record_event"))
    assert missing_refusals() == ["record_event_refuses_delete"]


@pytest.mark.sqlite_only
def test_a_weakened_trigger_is_missed_on_sqlite() -> None:
    run(
        "DROP TRIGGER record_event_refuses_delete",
        "CREATE TRIGGER record_event_refuses_delete BEFORE DELETE ON record_event "
        "WHEN FALSE BEGIN SELECT RAISE(ABORT, 'refused: '); END",
    )
    assert missing_refusals() == ["record_event_refuses_delete"]


@pytest.mark.postgresql_only
def test_a_weakened_function_is_missed_on_postgresql() -> None:
    run(
        "CREATE OR REPLACE FUNCTION record_event_refuses_delete() RETURNS trigger "
        "LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$"
    )
    assert missing_refusals() == ["record_event_refuses_delete"]


@pytest.mark.postgresql_only
def test_a_trigger_on_another_operation_is_missed_on_postgresql() -> None:
    run(
        "DROP TRIGGER record_event_refuses_delete ON record_event",
        "CREATE TRIGGER record_event_refuses_delete BEFORE INSERT ON record_event FOR EACH ROW "
        "WHEN (FALSE) EXECUTE FUNCTION record_event_refuses_delete()",
    )
    assert missing_refusals() == ["record_event_refuses_delete"]


@pytest.mark.postgresql_only
def test_a_disabled_trigger_is_missed_on_postgresql() -> None:
    run("ALTER TABLE record_event DISABLE TRIGGER record_event_refuses_delete")
    assert missing_refusals() == ["record_event_refuses_delete"]


@pytest.mark.sqlite_only
def test_a_rebuilt_table_loses_its_refusals_and_migrating_brings_them_back() -> None:
    run(
        "CREATE TABLE rebuilt AS SELECT * FROM record_loghead",
        "DROP TABLE record_loghead",
        "ALTER TABLE rebuilt RENAME TO record_loghead",
    )
    assert missing_refusals() == ["record_loghead_refuses_delete", "record_loghead_refuses_update"]
    call_command("migrate", verbosity=0)
    assert missing_refusals() == []


def test_migrating_puts_all_refusals_back(three_events: list[Event]) -> None:
    remove_refusals()
    assert set(missing_refusals()) == names()
    call_command("migrate", verbosity=0)
    assert missing_refusals() == []
    with pytest.raises(IntegrityError, match="refused: "), transaction.atomic():
        Event.objects.filter(pk=three_events[0].pk).update(verb="evidence.changed")


def test_refusals_step_aside_only_when_there_is_something_to_migrate() -> None:
    step_aside_before_migrate(using="default", plan=[])
    assert missing_refusals() == []
    step_aside_before_migrate(using="default", plan=["a migration"])
    assert set(missing_refusals()) == names()


def test_what_is_in_place_is_not_touched() -> None:
    with CaptureQueriesContext(connection) as asked:
        install_refusals()
    assert [query["sql"] for query in asked if "DROP" in query["sql"]] == []
    assert missing_refusals() == []


def test_a_refusal_the_code_has_forgotten_is_taken_away() -> None:
    [old] = [refusal for refusal in all_refusals() if refusal.name == "record_event_refuses_delete"]
    forgotten = old.postgresql if connection.vendor == "postgresql" else old.sqlite
    run(forgotten.replace("record_event_refuses_delete", "long_gone"))
    install_refusals()
    with pytest.raises(Exception, match="long_gone"), transaction.atomic():
        run(drop("long_gone", "record_event"))


def test_triggers_of_others_are_left_alone() -> None:
    if connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION theirs() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RETURN NEW; END$$",
            "CREATE TRIGGER theirs BEFORE INSERT ON record_event FOR EACH ROW "
            "EXECUTE FUNCTION theirs()",
        )
    else:
        run("CREATE TRIGGER theirs BEFORE INSERT ON record_event BEGIN SELECT 1; END")
    install_refusals()
    run(drop("theirs", "record_event"))


def test_a_table_that_is_not_there_yet_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["record_event"])
    remove_refusals()
    install_refusals()
    assert missing_refusals() == []


def test_the_check_names_what_is_missing_and_what_to_do() -> None:
    run(drop("record_event_refuses_delete", "record_event"))
    [error] = refusals_are_installed(databases=["default"])
    assert error.id == "record.E001"
    assert "record_event_refuses_delete" in error.msg
    assert "manage.py migrate" in str(error.hint)


def test_the_check_is_silent_when_all_is_well_or_no_database_is_asked_about() -> None:
    assert refusals_are_installed(databases=["default"]) == []
    remove_refusals()
    assert refusals_are_installed(databases=None) == []


def test_the_check_is_part_of_checking_the_database() -> None:
    remove_refusals()
    assert "record.E001" in [found.id for found in run_checks(databases=["default"])]
    with pytest.raises(SystemCheckError, match=r"record\.E001"):
        call_command("check", databases=["default"])


def test_migrating_is_not_stopped_by_what_it_repairs() -> None:
    remove_refusals()
    try:
        call_command("migrate", verbosity=0, skip_checks=False)
    except (SystemCheckError, CommandError) as stopped:
        pytest.fail(f"migrate would not repair: {stopped}")
    assert missing_refusals() == []
