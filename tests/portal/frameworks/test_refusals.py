"""What the database itself refuses about the catalogue, and what a row cannot be."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.frameworks.models import Crosswalk, Edition, Requirement
from tests.portal.frameworks.conftest import Load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(load: Load) -> None:
    load()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM frameworks_requirement WHERE ref = '1.1.3'",
        "DELETE FROM frameworks_edition",
        "UPDATE frameworks_requirement SET ref = '7.7.7' WHERE ref = '1.1.1'",
        "UPDATE frameworks_edition SET code = 'else'",
    ],
)
def test_raw_sql_is_refused(statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="refused: "),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_mark_without_a_name_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(checked_at=timezone.now())


def test_a_reference_stands_once_in_an_edition() -> None:
    edition = Edition.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Requirement.objects.create(edition=edition, ref="1.1.1", title="Again")


def test_a_requirement_does_not_speak_to_itself() -> None:
    one = Requirement.objects.get(ref="1.1.1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Crosswalk.objects.create(source=one, target=one)
