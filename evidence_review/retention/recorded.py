"""What the record says of rules and holds, beside what the tables say."""

from collections.abc import Iterator

from evidence_review.retention.models import LegalHold, RetentionRule
from portal.record.replay import told
from portal.record.verbs import Verb


def retention_is_as_recorded() -> Iterator[str]:
    """I5: rules are as somebody confirmed them, holds are placed and lifted as the record says."""
    yield from _rules()
    yield from _holds()


def _rules() -> Iterator[str]:
    last = {one.ref: one.after for one in told((Verb.RETENTION_RULE_CHANGED,))}
    for rule in RetentionRule.objects.select_related("type"):
        now = f"{rule.months}/{rule.basis}/{rule.months_never_approved}"
        if rule.is_confirmed and last.get(rule.type.code) != now:
            yield f"the retention rule {rule.type.code} is not as the record says"
        if not rule.is_confirmed and rule.type.code in last:
            yield f"the retention rule {rule.type.code} was confirmed, and the tables do not say so"


def _holds() -> Iterator[str]:
    placed: set[str] = set()
    lifted: set[str] = set()
    for one in told((Verb.LEGAL_HOLD_PLACED, Verb.LEGAL_HOLD_LIFTED)):
        (placed if one.verb == Verb.LEGAL_HOLD_PLACED else lifted).add(one.ref)
    for ref, lifted_at in LegalHold.objects.order_by("pk").values_list("public_id", "lifted_at"):
        if ref not in placed:
            yield f"legal hold {ref} is in the tables, and no event says so"
        elif (ref in lifted) != (lifted_at is not None):
            yield f"legal hold {ref} was lifted otherwise than the record says"
        placed.discard(ref)
    for ref in sorted(placed):
        yield f"legal hold {ref} is on record, and not in the tables"
