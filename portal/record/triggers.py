"""What the database itself refuses: how a room says it, for SQLite and PostgreSQL alike.

Each room lists its refusals as ``REFUSALS`` in its ``refusals.py``, named in the setting
``DATABASE_REFUSALS``. They are put in place after every migrate (``portal.record.installation``),
and the check ``record.E001`` proves that they are there. A refused statement raises
``django.db.IntegrityError`` whose message starts with ``refused:``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from django.conf import settings

MARK = "refused: "
LONGEST_NAME = 63
"""PostgreSQL cuts longer names short."""


@dataclass(frozen=True)
class Refusal:
    """One trigger. Make it with the functions below; they write the same rule for both databases.

    ``sqlite`` is the whole ``CREATE TRIGGER`` statement, empty where SQLite has no such operation.
    ``postgresql`` is the whole ``CREATE FUNCTION`` and ``CREATE TRIGGER``, the function's text
    between two ``$$``; trigger and function both carry ``name``.
    """

    name: str
    table: str
    sqlite: str
    postgresql: str

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a name that a database would not keep as it is."""
        if not self.name.isidentifier() or len(self.name) > LONGEST_NAME:
            raise ValueError(f"{self.name!r} is no usable trigger name")


def refuse(
    table: str,
    operation: Literal["insert", "update", "delete"],
    message: str,
    *,
    when: str = "",
    sqlite_when: str = "",
    name: str = "",
) -> Refusal:
    """Refuse an operation on any row for which the SQL condition ``when`` holds (always, if empty).

    ``when`` may use ``NEW``, ``OLD`` and subqueries and must read the same in both databases; give
    ``sqlite_when`` where it cannot. A condition that is NULL does not refuse: use COALESCE. The
    message follows ``refused: ``. Without ``name`` it is ``<table>_refuses_<operation>``; give one
    when a table refuses an operation for several reasons.
    """
    name = name or f"{table}_refuses_{operation}"
    when = " ".join(when.split()) or "TRUE"
    text = (MARK + message).replace("'", "''")
    row = "OLD" if operation == "delete" else "NEW"
    return Refusal(
        name=name,
        table=table,
        sqlite=(
            f'CREATE TRIGGER "{name}" BEFORE {operation.upper()} ON "{table}" FOR EACH ROW '
            f"WHEN {' '.join(sqlite_when.split()) or when} "
            f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
        ),
        postgresql=_postgresql(
            name,
            f'BEFORE {operation.upper()} ON "{table}" FOR EACH ROW',
            f"IF {when} THEN RAISE EXCEPTION USING MESSAGE = '{text}', "
            f"ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row};",
        ),
    )


def refuse_truncate(table: str, message: str) -> Refusal:
    """Refuse to empty a table at one stroke, which only PostgreSQL can do past row triggers."""
    name = f"{table}_refuses_truncate"
    text = (MARK + message).replace("'", "''")
    return Refusal(
        name=name,
        table=table,
        sqlite="",
        postgresql=_postgresql(
            name,
            f'BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT',
            f"RAISE EXCEPTION USING MESSAGE = '{text}', "
            "ERRCODE = 'integrity_constraint_violation';",
        ),
    )


def never_deleted(table: str) -> list[Refusal]:
    """Refuse to delete any row of a table, one by one or all at once."""
    message = f"rows of {table} are never deleted"
    return [refuse(table, "delete", message), refuse_truncate(table, message)]


def append_only(table: str) -> list[Refusal]:
    """Refuse to change or delete any row of a table: rows may only be added."""
    return [refuse(table, "update", f"rows of {table} never change"), *never_deleted(table)]


def immutable(table: str, columns: Sequence[str]) -> Refusal:
    """Refuse to change the named columns of any row of a table; the others may change."""
    return refuse(
        table,
        "update",
        f"these columns of {table} never change: {', '.join(columns)}",
        when=" OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns),
        # IS NOT does the same in SQLite and is known to older releases, too.
        sqlite_when=" OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns),
        name=f"{table}_refuses_new_values",
    )


def all_refusals() -> list[Refusal]:
    """Return the refusals of every room named in ``DATABASE_REFUSALS``, in that order.

    Raises ``ValueError`` when two share a name, and ``ImportError`` for a module that is not there.
    """
    found = [
        refusal
        for module in settings.DATABASE_REFUSALS
        for refusal in import_module(module).REFUSALS
    ]
    if doubled := _doubled(refusal.name for refusal in found):
        raise ValueError(f"two refusals are called {doubled}")
    return found


def _doubled(names: Iterable[str]) -> str:
    """Return the first name that comes twice, or an empty string."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""


def _postgresql(name: str, timing: str, statements: str) -> str:
    """Return the function and the trigger that PostgreSQL needs for one refusal."""
    return (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$BEGIN {statements} END$$; "
        f'CREATE TRIGGER "{name}" {timing} EXECUTE FUNCTION "{name}"()'
    )
