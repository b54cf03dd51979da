"""What the database itself refuses about inspectors, by whatever road."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.models import InspectorAccess, InspectorCode, InspectorSession
from portal.people.models import User

pytestmark = pytest.mark.django_db
TABLE = "inspection_inspectoraccess"


def run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql: str, *params: Any) -> str:
    with pytest.raises(IntegrityError, match="refused: ") as error:
        run(sql, *params)
    return str(error.value)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("link_key", "A" * 43),
        ("public_id", "A" * 22),
        ("email", "somebody@else.example"),
        ("every_site", True),
        ("starts", timezone.now() - timedelta(days=9)),
    ],
)
def test_what_was_given_is_not_changed(access: InspectorAccess, column: str, value: Any) -> None:
    refused(f'UPDATE {TABLE} SET "{column}" = %s WHERE id = %s', value, access.pk)  # noqa: S608 - ours


def test_an_access_is_never_lengthened(access: InspectorAccess) -> None:
    longer = access.ends + timedelta(seconds=1)
    said = refused(f"UPDATE {TABLE} SET ends = %s WHERE id = %s", longer, access.pk)  # noqa: S608 - ours
    assert "never lengthened" in said


def test_an_access_may_be_shortened(access: InspectorAccess) -> None:
    shorter = access.ends - timedelta(days=1)
    run(f"UPDATE {TABLE} SET ends = %s WHERE id = %s", shorter, access.pk)  # noqa: S608 - ours
    access.refresh_from_db()
    assert access.ends == shorter


def test_an_access_that_was_ended_stays_ended(access: InspectorAccess, ig_lead: User) -> None:
    revoke_access(access, actor=ig_lead)
    refused(f"UPDATE {TABLE} SET revoked_at = NULL WHERE id = %s", access.pk)  # noqa: S608 - ours
    refused(f"UPDATE {TABLE} SET revoked_by_id = NULL WHERE id = %s", access.pk)  # noqa: S608 - ours


def test_an_access_is_never_forgotten(access: InspectorAccess) -> None:
    refused(f"DELETE FROM {TABLE} WHERE id = %s", access.pk)  # noqa: S608 - ours


@pytest.mark.parametrize("used_again", [None, timezone.now() + timedelta(hours=1)])
def test_a_used_code_stays_used(access: InspectorAccess, used_again: Any) -> None:
    now = timezone.now()
    code = InspectorCode.objects.create(
        access=access, browser="b", address="a", expires_at=now, used_at=now
    )
    refused("UPDATE inspection_inspectorcode SET used_at = %s WHERE id = %s", used_again, code.pk)


def test_a_session_that_has_ended_stays_ended(access: InspectorAccess) -> None:
    session = InspectorSession.objects.create(access=access, digest="d", ended_at=timezone.now())
    refused("UPDATE inspection_inspectorsession SET ended_at = NULL WHERE id = %s", session.pk)
