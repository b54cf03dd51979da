"""The kind of evidence that policies may offer to their readers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def add_type(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the type, unless a portal has one of this code already."""
    evidence_type = apps.get_model("evidence", "EvidenceType")
    evidence_type.objects.get_or_create(
        code="for-staff", defaults={"name": "Form or leaflet for staff", "position": 8}
    )


class Migration(migrations.Migration):
    """Adds a row only."""

    dependencies = [("evidence", "0003_newest_link")]
    operations = [migrations.RunPython(add_type, migrations.RunPython.noop)]
