"""A list of ids beside each row, of which no more are looked for than are wanted."""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler


class FirstIds(Subquery):
    """The first values of a sliced, one-column queryset, as a list beside each outer row.

    A count over 20,000 rows takes time for each of them; this stops at the slice's end. The column
    must be called ``found``.
    """

    output_field = JSONField()
    template = "(SELECT COALESCE(jsonb_agg(_first.found), '[]'::jsonb) FROM (%(subquery)s) _first)"

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        super().__init__(queryset, output_field=JSONField())

    def as_sqlite(
        self, compiler: SQLCompiler, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Write it for SQLite."""
        template = "(SELECT json_group_array(_first.found) FROM (%(subquery)s) _first)"
        sql, params = self.as_sql(compiler, connection, template=template, **extra)
        return sql, tuple(params)
