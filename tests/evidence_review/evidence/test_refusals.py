"""Raw SQL against what the database refuses about evidence."""

import pytest
from django.db import IntegrityError, connection, transaction

from evidence_review.evidence.models import EvidenceVersion
from tests.factories import RequirementFactory, VersionFactory

pytestmark = pytest.mark.django_db

_NEW_VALUES: dict[str, str | int] = {
    "sha256": "f" * 64,
    "size": 1,
    "media_type": "text/plain",
    "number": 99,
    "original_name": "other.pdf",
    "uploaded_by_id": 0,
    "uploaded_at": "2020-01-01 00:00:00+00",
    "change_note": "new",
    "preparation": "new",
    "extension": "txt",
    "upload_key": "new",
    "public_id": "new",
}


def _refused(sql: str, *params: str | int) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        connection.cursor().execute(sql, params)
    return str(caught.value)


@pytest.mark.parametrize("column", _NEW_VALUES)
def test_no_fact_of_a_version_can_be_changed(column: str) -> None:
    version = VersionFactory.create()
    said = _refused(
        f"UPDATE evidence_evidenceversion SET {column} = %s WHERE id = %s",  # noqa: S608 - the names are ours
        _NEW_VALUES[column],
        version.pk,
    )
    assert "refused:" in said


def test_a_version_cannot_be_deleted() -> None:
    version = VersionFactory.create()
    assert "refused:" in _refused("DELETE FROM evidence_evidenceversion WHERE id = %s", version.pk)


def test_an_evidence_cannot_be_deleted() -> None:
    version = VersionFactory.create()
    said = _refused("DELETE FROM evidence_evidence WHERE id = %s", version.evidence_id)
    assert "refused:" in said


def test_a_requirement_cannot_be_deleted() -> None:
    requirement = RequirementFactory.create()
    said = _refused("DELETE FROM frameworks_requirement WHERE id = %s", requirement.pk)
    assert "refused:" in said


def test_what_the_gate_found_cannot_be_rewritten() -> None:
    version = VersionFactory.create()
    said = _refused(
        "UPDATE evidence_gatereport SET outcome = 'accepted' WHERE version_id = %s", version.pk
    )
    assert "refused:" in said


@pytest.mark.postgresql_only
@pytest.mark.parametrize("table", ["evidence_evidenceversion", "evidence_gatereport"])
def test_tables_of_facts_cannot_be_emptied_at_one_stroke(table: str) -> None:
    assert "refused:" in _refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("column", "value"), [("sha256", "short"), ("size", 0), ("media_type", ""), ("state", "done")]
)
def test_a_version_without_its_facts_cannot_be_added(column: str, value: object) -> None:
    like = VersionFactory.create()
    facts = {
        field.attname: getattr(like, field.attname)
        for field in EvidenceVersion._meta.concrete_fields
        if field.name not in ("id", "public_id", "number")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceVersion.objects.create(**(facts | {"number": 50, column: value}))
