"""Which commits wait for the disk."""

import pytest
from django.db import connection, transaction

from portal.durability import need_not_survive


def waits() -> str:
    ask = "PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit"
    with connection.cursor() as cursor:
        cursor.execute(ask)
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_commits_wait_less_inside_and_as_usual_afterwards() -> None:
    less = "1" if connection.vendor == "sqlite" else "off"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = FULL")
    usual = waits()
    with need_not_survive():
        assert waits() == less
    assert waits() == usual
    with pytest.raises(ValueError, match="on the way"), need_not_survive():
        raise ValueError("on the way")
    assert waits() == usual


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_outside_is_left_as_it_is() -> None:
    with transaction.atomic():
        usual = waits()
        with need_not_survive():
            assert waits() == usual
