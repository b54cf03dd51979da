"""Claim something of a statement, correct the claim, take it back."""

from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.claim_details import IN_WORDS, ClaimDetails
from evidence_review.assessments.models import StatementClaim
from evidence_review.assessments.permissions import user_can_change_claim, user_can_make_claim
from evidence_review.assessments.queries.claims import revision_of
from portal.frameworks.models import EvidenceCategory, Requirement
from portal.frameworks.states import AnswerKind
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class ClaimDoesNotFit(Refused):
    """What was chosen does not go together."""

    status = 422


class ClaimChangedMeanwhile(Refused):
    """Somebody else changed the claim after the person began."""

    status = 409


@transaction.atomic
def make_claim(statement: Requirement, details: ClaimDetails, *, actor: User) -> StatementClaim:
    """Claim something of a quality statement or a KLOE.

    Raises:
        NotPermitted: the actor may not claim anything for this site.
        ClaimDoesNotFit: the parts of the claim do not belong together.
    """
    require(user_can_make_claim(actor, details.site))
    _check(statement, details)
    claim = StatementClaim(
        statement=statement,
        claim=details.claim,
        what_changed=details.what_changed,
        category=details.category,
        site=details.site,
        owner=details.owner,
    )
    claim._history_user = actor
    claim.save()
    claim.evidence.set(details.evidence)
    record(
        Verb.CLAIM_MADE,
        claim.record_ref,
        actor=actor,
        facts={"statement": statement.code, **_evidence_fact(details)},
        detail={"said": {IN_WORDS[name]: text for name, text in details.in_words().items()}},
    )
    return claim


@transaction.atomic
def change_claim(
    claim: StatementClaim, details: ClaimDetails, *, revision: int, actor: User
) -> StatementClaim:
    """Correct a claim that was begun at ``revision``. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not change this claim, or may not move it to that site.
        ClaimChangedMeanwhile: somebody else changed it since, or withdrew it.
        ClaimDoesNotFit: the parts of the claim do not belong together.
    """
    claim = _lock(claim)
    require(user_can_change_claim(actor, claim))
    old = ClaimDetails.of(claim)
    changed = details.changed_from(old)
    if not changed:
        return claim
    if revision != revision_of(claim):
        raise ClaimChangedMeanwhile(
            "Somebody else changed this claim while you were writing. "
            "Open it in another tab, compare both, then save again."
        )
    if "site" in changed:
        require(user_can_make_claim(actor, details.site))
    _check(claim.statement, details, held=old)
    for name in changed:
        if name != "evidence":
            setattr(claim, name, getattr(details, name))
    claim._history_user = actor
    claim.save(update_fields=[name for name in changed if name != "evidence"])
    claim.evidence.set(details.evidence)
    before, after = old.in_words(), details.in_words()
    record(
        Verb.CLAIM_CHANGED,
        claim.record_ref,
        actor=actor,
        facts={"fields": ",".join(sorted(changed)), **_evidence_fact(details)},
        detail={"changes": {IN_WORDS[name]: [before[name], after[name]] for name in changed}},
    )
    return claim


@transaction.atomic
def withdraw_claim(claim: StatementClaim, *, reason: str, actor: User) -> StatementClaim:
    """Take a claim back: it stays in the history and is shown to nobody outside.

    Raises:
        NotPermitted: the actor may not change this claim, or it is withdrawn already.
    """
    claim = _lock(claim)
    require(user_can_change_claim(actor, claim))
    claim.withdrawn_at = timezone.now()
    claim._history_user = actor
    claim.save(update_fields=["withdrawn_at"])
    record(Verb.CLAIM_WITHDRAWN, claim.record_ref, actor=actor, detail={"reason": reason})
    return claim


def _lock(claim: StatementClaim) -> StatementClaim:
    return (
        StatementClaim.objects.select_for_update(of=("self",))
        .select_related("statement__edition", "site", "category", "owner")
        .get(pk=claim.pk)
    )


def _check(statement: Requirement, details: ClaimDetails, held: ClaimDetails | None = None) -> None:
    if statement.answer_kind != AnswerKind.CLAIM or statement.is_retired:
        raise ClaimDoesNotFit("Claims are made of quality statements that are in use.")
    kinds: list[EvidenceCategory | None] = list(statement.edition.categories.all())
    if details.category not in (kinds or [None]):
        raise ClaimDoesNotFit("Choose a kind of evidence that this framework asks for.")
    # Who left stays the owner of what they said until somebody names another.
    is_new = held is None or (details.owner, details.site) != (held.owner, held.site)
    if is_new and not user_can_make_claim(details.owner, details.site):
        raise ClaimDoesNotFit("The owner must be somebody who works with evidence there.")
    fits = {None, details.site.pk} if details.site else set()
    elsewhere = [one for one in details.evidence if fits and one.site_id not in fits]
    if elsewhere:
        raise ClaimDoesNotFit(
            f"“{elsewhere[0]}” belongs to another site. "
            "Choose evidence of the claim's site or of the whole organisation."
        )


def _evidence_fact(details: ClaimDetails) -> dict[str, str]:
    return {"evidence": ",".join(sorted(one.public_id for one in details.evidence))}
