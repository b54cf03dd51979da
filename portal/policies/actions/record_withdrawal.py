"""Write down that a policy is no longer in force."""

from django.db import transaction

from portal.policies.models import PolicyPage
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def record_withdrawal(page: PolicyPage, *, actor: Actor) -> None:
    """Record a withdrawal. Called when Wagtail logs it, inside the transaction of ``unpublish``.

    Whether the actor may withdraw was asked by the page's rights.
    """
    record(
        Verb.POLICY_WITHDRAWN,
        page.record_ref,
        actor=actor,
        before="published",
        after="withdrawn",
        detail={"title": page.title},
    )
