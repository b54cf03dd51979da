"""Give every kind of evidence the rule that comes with the portal, where it has none."""

from pathlib import Path
from typing import Any

import yaml
from django.db import connections

from evidence_review.evidence.models import EvidenceType
from evidence_review.retention.models import RetentionRule

DEFAULTS = Path(__file__).resolve().parent.parent / "data" / "rules.yaml"


def read_defaults(path: Path = DEFAULTS) -> list[dict[str, Any]]:
    """Return the rules of the data file."""
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text())
    return found


def load_rules() -> int:
    """Add the rules that are missing; return how many. What is there stays as it is.

    A default disposes of nothing: the record tells of a rule when somebody confirms or changes it.
    """
    types = {kind.code: kind for kind in EvidenceType.objects.filter(retention_rule=None)}
    rules = [
        RetentionRule(
            type=types[entry["type"]],
            months=entry["months"],
            basis=entry["basis"],
            months_never_approved=entry["never_approved"],
            source=entry["source"],
            confidence=entry["confidence"],
        )
        for entry in (read_defaults() if types else ())
        if entry["type"] in types
    ]
    RetentionRule.objects.bulk_create(rules, ignore_conflicts=True)
    return len(rules)


def load_after_migrate(using: str, **_: object) -> None:
    """Load the rules after every migrate (``post_migrate``), once their table is there."""
    if RetentionRule._meta.db_table in connections[using].introspection.table_names():
        load_rules()
