"""Putting the database's refusals in place, and knowing when they are not.

Most changes of a SQLite table rebuild it, which drops its triggers without a word, and a trigger
that reads a table being rebuilt makes the migration fail. So before a migrate with work to do all
refusals step aside, and after every migrate they are put back as the code has them now.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.record.triggers import MARK, Refusal, all_refusals

_SQLITE_INSTALLED = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL_INSTALLED = """
    SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid, true), p.prosrc, t.tgenabled
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


def missing_refusals(using: str = "default") -> list[str]:
    """Return the names of refusals that are not in force exactly as the code has them.

    A trigger that was altered or switched off counts as missing. Tables that do not exist yet are
    passed over: they refuse nothing because they hold nothing.
    """
    connection = connections[using]
    installed = _installed(connection)
    return [
        refusal.name
        for refusal in _applicable(connection)
        if installed.get((refusal.name, refusal.table)) != _essence(connection, refusal)
    ]


def install_refusals(using: str = "default") -> None:
    """Put every refusal in place as the code has it now, in one transaction.

    Touches nothing when all are in place, so that a portal that is being used is not held up.
    """
    connection = connections[using]
    wanted = {
        (refusal.name, refusal.table): _essence(connection, refusal)
        for refusal in _applicable(connection)
    }
    if _ours(connection) == wanted:
        return
    with transaction.atomic(using=using):
        remove_refusals(using)
        with connection.cursor() as cursor:
            for refusal in _applicable(connection):
                cursor.execute(_statement(connection, refusal))


def remove_refusals(using: str = "default") -> None:
    """Take away every refusal that is in the database, also those the code has forgotten."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, table in _ours(connection):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER {quote(name)} ON {quote(table)}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {quote(name)}()")
            else:
                cursor.execute(f"DROP TRIGGER {quote(name)}")


def step_aside_before_migrate(using: str, plan: Sequence[Any] = (), **_: object) -> None:
    """Take the refusals away before a migrate that has work to do (``pre_migrate``)."""
    if plan:
        remove_refusals(using)


def install_after_migrate(using: str, **_: object) -> None:
    """Put the refusals in place after every migrate (``post_migrate``)."""
    install_refusals(using)


def _applicable(connection: BaseDatabaseWrapper) -> list[Refusal]:
    """Return the refusals that this database knows the operation and has the table for."""
    tables = set(connection.introspection.table_names())
    return [
        refusal
        for refusal in all_refusals()
        if refusal.table in tables and _statement(connection, refusal)
    ]


def _statement(connection: BaseDatabaseWrapper, refusal: Refusal) -> str:
    """Return the SQL that makes a refusal in this database."""
    return refusal.postgresql if connection.vendor == "postgresql" else refusal.sqlite


def _essence(connection: BaseDatabaseWrapper, refusal: Refusal) -> str:
    """Return what ``_installed`` reports for a refusal that is in force."""
    if connection.vendor != "postgresql":
        return refusal.sqlite
    _, body, trigger = refusal.postgresql.split("$$")
    return trigger.removeprefix("; ").replace('"', "") + body


def _ours(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """Return those triggers in the database that are refusals, known to the code or not."""
    return {key: text for key, text in _installed(connection).items() if MARK in text}


def _installed(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """Return the text of each trigger in the database, by its name and table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_INSTALLED)
            return {
                (name, table): trigger + body if enabled in ("O", "A") else f"{MARK}switched off"
                for name, table, trigger, body, enabled in cursor.fetchall()
            }
        cursor.execute(_SQLITE_INSTALLED)
        return {(name, table): text for name, table, text in cursor.fetchall()}
