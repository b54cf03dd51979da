"""The kinds of evidence every portal starts with; an administrator may add more."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TYPES = (
    ("document", "Document"),
    ("policy", "Policy or procedure"),
    ("register", "Register or list"),
    ("training", "Training record"),
    ("check", "Spot check or audit"),
    ("minutes", "Minutes of a meeting"),
    ("certificate", "Certificate"),
    ("contract", "Contract or agreement"),
    ("photo", "Photograph"),
)


def add_types(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the types that are not there yet."""
    evidence_type = apps.get_model("evidence", "EvidenceType")
    for position, (code, name) in enumerate(TYPES):
        evidence_type.objects.get_or_create(
            code=code, defaults={"name": name, "position": position}
        )


class Migration(migrations.Migration):
    """Adds rows only."""

    dependencies = [("evidence", "0002_initial")]
    operations = [migrations.RunPython(add_types, migrations.RunPython.noop)]
