"""What the record tells of claims and named people must be what the tables hold."""

from collections.abc import Iterator

from evidence_review.assessments.models import NamedPerson, StatementClaim
from portal.record.replay import told
from portal.record.verbs import Verb


def named_people_are_as_recorded() -> Iterator[str]:
    """I5: whoever holds a duty was named for it on record, and it ended when the record says."""
    duties: dict[str, str] = {}
    ends: dict[str, str] = {}
    for one in told((Verb.NAMED_PERSON_NAMED, Verb.NAMED_PERSON_ENDED)):
        if one.verb == Verb.NAMED_PERSON_NAMED:
            duties[one.ref] = str(one.facts["duty"])
        else:
            ends[one.ref] = str(one.facts["ends"])
    rows = NamedPerson.objects.order_by("pk").values_list("public_id", "duty", "ends")
    for ref, duty, until in rows.iterator():
        if ref not in duties:
            yield f"named person {ref} is in the tables, and no event says so"
        elif duties.pop(ref) != duty:
            yield f"named person {ref} holds another duty than the record says"
        elif ends.get(ref, "") != (until.isoformat() if until else ""):
            yield f"the duty of named person {ref} ended otherwise than the record says"
    for ref in sorted(duties):
        yield f"named person {ref} is on record, and not in the tables"


def claims_are_as_recorded() -> Iterator[str]:
    """I5: every claim is on record, with the evidence it rests on, and withdrawn as it says."""
    claims: dict[str, set[str]] = {}
    withdrawn: set[str] = set()
    for one in told((Verb.CLAIM_MADE, Verb.CLAIM_CHANGED, Verb.CLAIM_WITHDRAWN)):
        if one.verb == Verb.CLAIM_WITHDRAWN:
            withdrawn.add(one.ref)
        else:
            claims[one.ref] = set(filter(None, str(one.facts["evidence"]).split(",")))
    rows = StatementClaim.objects.prefetch_related("evidence").order_by("pk")
    for claim in rows.iterator(chunk_size=500):
        ref = claim.public_id
        said = claims.pop(ref, None)
        if said is None:
            yield f"claim {ref} is in the tables, and no event says so"
            continue
        if said != {one.public_id for one in claim.evidence.all()}:
            yield f"claim {ref} rests on other evidence than the record says"
        if (ref in withdrawn) != (claim.withdrawn_at is not None):
            yield f"claim {ref} was withdrawn otherwise than the record says"
    for ref in sorted(claims):
        yield f"claim {ref} is on record, and not in the tables"
