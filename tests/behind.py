"""Changing the database behind the portal's back, as somebody with its password would."""

from collections.abc import Sequence

from django.db import connection

from portal.record.installation import remove_refusals


def behind_the_back(statement: str, values: Sequence[str | int] = ()) -> None:
    """Take the database's refusals away and run one SQL statement that must change something."""
    remove_refusals()
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        assert cursor.rowcount > 0, statement
