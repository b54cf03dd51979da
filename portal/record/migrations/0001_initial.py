"""The record: events, their erasable details, and the one head that every writer locks."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def lay_the_head(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the one row of the head: an empty record."""
    head = apps.get_model("record", "LogHead")
    head.objects.using(schema_editor.connection.alias).create(id=1)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "seq",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("body", models.BinaryField()),
                ("leaf_hash", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("verb", models.CharField(max_length=81, verbose_name="what happened")),
                ("actor_ref", models.CharField(max_length=100, verbose_name="who")),
                ("object_kind", models.CharField(max_length=40, verbose_name="kind of thing")),
                ("object_ref", models.CharField(max_length=100, verbose_name="thing")),
                ("object_version", models.PositiveIntegerField(default=0, verbose_name="version")),
                (
                    "sha256",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                ),
                ("before", models.CharField(blank=True, default="", max_length=100)),
                ("after", models.CharField(blank=True, default="", max_length=100)),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ("-seq",),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("size", models.BigIntegerField(default=0)),
                ("compact_range", models.BinaryField(default=b"")),
                ("last_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "head of the record",
                "verbose_name_plural": "heads of the record",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EventDetail",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="record.event",
                    ),
                ),
                ("salt", models.BinaryField(max_length=32)),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "detail of an event",
                "verbose_name_plural": "details of events",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["object_kind", "object_ref", "seq"], name="record_event_thing"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor_ref", "seq"], name="record_event_actor"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["verb", "seq"], name="record_event_verb"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at"], name="record_event_at"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("seq__gte", 1)), name="record_event_seq_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="loghead",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="record_loghead_only_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="loghead",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 0)), name="record_loghead_size"
            ),
        ),
        migrations.RunPython(lay_the_head, migrations.RunPython.noop),
    ]
