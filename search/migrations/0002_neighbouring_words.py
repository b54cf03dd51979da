"""Which words stand side by side, for PostgreSQL's index.

Its index knows which texts hold a word, and not where. So every two neighbouring words of a text
become a word of their own: five digits of a hash of both and of how far apart they stand. Texts
with four words in a row are then found by three such words, however old they are; different pairs
may share a hash, so what is found is looked at once more. SQLite's index knows where words stand.
"""

from importlib import import_module

from django.db import migrations

_words = import_module("search.migrations.0001_initial")._words
_TABLE = "search_searchdocument"
FUNCTION = """
    CREATE FUNCTION search_pairs(words tsvector) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT pair), '{}') FROM (
            SELECT substr(md5(word || ' ' || lead(place) OVER near - place || ' '
                || lead(word) OVER near), 1, 5) AS pair
            FROM (
                SELECT lexeme AS word, unnest(positions) AS place FROM unnest(words)
            ) AS places
            WINDOW near AS (ORDER BY place, word)
        ) AS pairs WHERE pair IS NOT NULL
    $$
"""


def make_pairs(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    text = f"setweight({_words('title')}, 'A') || {_words('body')}"
    for statement in (
        FUNCTION,
        (
            f"ALTER TABLE {_TABLE} ADD COLUMN pairs tsvector GENERATED ALWAYS AS ("
            f"array_to_tsvector(search_pairs({text}) || string_to_array(labels, ' '))) STORED"
        ),
        f"ALTER TABLE {_TABLE} ALTER COLUMN pairs SET STORAGE EXTERNAL",
        f"ALTER TABLE {_TABLE} ALTER COLUMN pairs SET STATISTICS 0",
        f"CREATE INDEX search_pairs ON {_TABLE} USING gin (pairs) WITH (fastupdate = off)",
    ):
        schema_editor.execute(statement, params=None)


def drop_pairs(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {_TABLE} DROP COLUMN pairs")
        schema_editor.execute("DROP FUNCTION search_pairs(tsvector)")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make_pairs, drop_pairs)]
