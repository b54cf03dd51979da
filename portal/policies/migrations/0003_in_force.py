"""What was published before there were audiences is for everybody, and its newest version holds."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def put_in_force(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the two rows that every policy ever published has."""
    version = apps.get_model("policies", "PolicyVersion")
    in_force = apps.get_model("policies", "PolicyInForce")
    audience = apps.get_model("policies", "PolicyAudience")
    for newest in version.objects.order_by("page_id", "number"):
        in_force.objects.update_or_create(page_id=newest.page_id, defaults={"version": newest})
        audience.objects.get_or_create(page_id=newest.page_id, role="", site=None)


class Migration(migrations.Migration):
    """Adds rows only."""

    dependencies = [("policies", "0002_publishing")]
    operations = [migrations.RunPython(put_in_force, migrations.RunPython.noop)]
