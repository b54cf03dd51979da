"""Erasures, and how far each is."""

import django.db.models.deletion
import django.utils.timezone
import portal.people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=portal.people.models.new_public_id, editable=False, max_length=22, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('ref', models.CharField(max_length=100)),
                ('actor_ref', models.CharField(max_length=100)),
                ('reason', models.CharField(choices=[('left', 'They left, and the time we keep their details is over'), ('asked', 'They asked us to erase their details'), ('mistake', 'The details should not have been here'), ('other', 'Another reason')], max_length=30)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('words', models.JSONField(default=list)),
                ('until_seq', models.BigIntegerField()),
                ('at_seq', models.BigIntegerField(default=0)),
                ('details', models.PositiveIntegerField(default=0)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures_asked', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'constraints': [models.UniqueConstraint(fields=('kind', 'ref'), name='erasure_once'), models.CheckConstraint(condition=models.Q(('at_seq__lte', models.F('until_seq'))), name='erasure_within_the_record'), models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), ('words', []), _connector='OR'), name='erasure_forgets_the_words')],
            },
        ),
    ]
