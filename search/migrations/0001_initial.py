"""The documents that are looked through, and the indexes over them, which each database makes itself.

SQLite: two FTS5 tables over the rows, of everything and of the titles, that triggers keep in step.
PostgreSQL: two stored columns of words with a GIN index each. The columns' statistics are off on
purpose: the planner then always takes the index, and never reads 100,000 texts for a common word.
"""

import string
import unicodedata

import django.db.models.deletion
import modelsearch.index
from django.db import migrations, models


_SIGNS = string.punctuation + "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00b7\u00a7\u00a0"
_LETTERS = [
    (chr(code), unicodedata.normalize("NFKD", chr(code))[0])
    for code in range(0xC0, 0x180)
    if unicodedata.normalize("NFKD", chr(code))[0].isascii()
    and unicodedata.normalize("NFKD", chr(code))[0].isalpha()
]
_FROM = (_SIGNS + "".join(letter for letter, _ in _LETTERS)).replace("'", "''")
_TO = " " * len(_SIGNS) + "".join(plain for _, plain in _LETTERS)

FULL_TEXT = {"search_fulltext": ("title", "body", "labels"), "search_titles": ("title", "labels")}


def _sqlite(table, columns):
    new = ", ".join(f"new.{name}" for name in columns)
    old = ", ".join(f"old.{name}" for name in columns)
    names = ", ".join(columns)
    add = f"INSERT INTO {table} (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608  # names of ours
    remove = f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608  # names of ours
    on = "ON search_searchdocument BEGIN"
    return [
        (
            f"CREATE VIRTUAL TABLE {table} USING fts5({names}, content='search_searchdocument', "
            "content_rowid='id', columnsize=0, prefix='3', "
            "tokenize='porter unicode61 remove_diacritics 2')"
        ),
        f"CREATE TRIGGER {table}_insert AFTER INSERT {on} {add} END",
        f"CREATE TRIGGER {table}_delete AFTER DELETE {on} {remove} END",
        f"CREATE TRIGGER {table}_update AFTER UPDATE OF {names} {on} {remove} {add} END",
    ]


def _words(column):
    return f"to_tsvector('english', translate({column}, '{_FROM}', '{_TO}'))"


def _postgresql(column, words):
    table = "search_searchdocument"
    return [
        (
            f"ALTER TABLE {table} ADD COLUMN {column} tsvector GENERATED ALWAYS AS ({words} || "
            "array_to_tsvector(string_to_array(labels, ' ') || ('§b' || (id / 1000)))) STORED"
        ),
        f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL",
        f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0",
        f"CREATE INDEX search_{column} ON {table} USING gin ({column}) WITH (fastupdate = off)",
    ]


def make_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statements = [one for item in FULL_TEXT.items() for one in _sqlite(*item)]
    else:
        title = f"setweight({_words('title')}, 'A')"
        statements = [
            *_postgresql("terms", f"{title} || {_words('body')}"),
            *_postgresql("title_terms", title),
        ]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in FULL_TEXT:
            for event in ("insert", "delete", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_{event}")
            schema_editor.execute(f"DROP TABLE {table}")
    else:
        for column in ("terms", "title_terms"):
            schema_editor.execute(f"ALTER TABLE search_searchdocument DROP COLUMN {column}")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('labels', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=24, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('policy', 'Policy'), ('evidence', 'Evidence')], max_length=10)),
                ('object_key', models.BigIntegerField(help_text='The primary key of the evidence or the page.')),
                ('date', models.DateField(help_text='Approved, or in force, since this day.')),
                ('category', models.CharField(help_text='Topic of a policy, type of evidence.', max_length=60)),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='search.searchaccess')),
                ('labels', models.TextField(help_text='Who may see it and what it is filtered by; search.labels.')),
                ('title', models.CharField(max_length=255)),
                ('body', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_key'), name='search_document_once')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SearchMisspelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('left', models.CharField(max_length=24)),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='misspellings', to='search.searchword')),
            ],
            options={
                'indexes': [models.Index(fields=['left', 'word'], name='search_misspelling_left')],
            },
        ),
        migrations.RunPython(make_indexes, drop_indexes),
    ]
