"""The condition that somebody has had a hand in a version, in SQL that both databases read alike.

It is what ``hands.Hands.tie`` says but for the uploader. Written out because the queue asks it on
every page of the admin, and to put it together from querysets takes longer than to answer it.
"""

from collections.abc import Collection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func
from django.db.models.sql.compiler import SQLCompiler

from evidence_review.evidence.states import VersionState

_SQL = """(
    EXISTS (
        SELECT 1 FROM review_decision d
        WHERE d.version_id = {version} AND (d.decider_id IN ({p}) OR d.on_behalf_of_id IN ({p}))
    ) OR EXISTS (
        SELECT 1 FROM evidence_historicalevidence h
        WHERE h.id = {evidence} AND h.history_user_id IN ({p}) AND NOT EXISTS ({approved})
    ) OR EXISTS (
        SELECT 1 FROM evidence_historicalevidencelink h
        WHERE h.evidence_id = {evidence} AND h.history_user_id IN ({p}) AND NOT EXISTS ({approved})
    )
)"""
_APPROVED_AFTERWARDS = """
    SELECT 1 FROM evidence_evidenceversion a
    WHERE a.evidence_id = {evidence} AND a.state = %s AND a.state_since >= h.history_date
"""


class TouchedBy(Func):
    """True where one of the people decided on the version, or edited it since its last approval."""

    conditional = True

    def __init__(self, people: Collection[int]) -> None:
        super().__init__("pk", "evidence_id", output_field=BooleanField())
        self.people = sorted(people)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **kwargs: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the condition and its values."""
        version, evidence = (
            compiler.compile(column)[0] for column in self.get_source_expressions()
        )
        places = ", ".join(["%s"] * len(self.people))
        approved = _APPROVED_AFTERWARDS.format(evidence=evidence)
        sql = _SQL.format(p=places, version=version, evidence=evidence, approved=approved)
        edited = (*self.people, VersionState.APPROVED.value)
        return sql, (*self.people, *self.people, *edited, *edited)
