"""That details were erased, and what checks of the record have found."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_by", models.CharField(max_length=100)),
                ("asked_by_label", models.CharField(blank=True, max_length=300)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("names", models.JSONField(default=list)),
                ("found", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "check under way",
                "verbose_name_plural": "checks under way",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ErasedDetail",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="erased",
                        serialize=False,
                        to="record.event",
                    ),
                ),
                (
                    "erasure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased_details",
                        to="record.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "erased detail",
                "verbose_name_plural": "erased details",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecordCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("ended_at", models.DateTimeField(verbose_name="ended")),
                ("is_ok", models.BooleanField(verbose_name="all well")),
                ("counts", models.JSONField(default=list)),
                (
                    "difference_count",
                    models.PositiveIntegerField(default=0, verbose_name="differences"),
                ),
                ("differences", models.JSONField(default=list)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_result",
                        to="record.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of the record",
                "verbose_name_plural": "checks of the record",
                "ordering": ("-pk",),
                "default_permissions": (),
            },
        ),
    ]
