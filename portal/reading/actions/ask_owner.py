"""Ask the owner of a policy about a part that somebody does not understand."""

from django.db import transaction

from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.policies.models import PolicyVersion
from portal.reading.models import PolicyQuestion
from portal.reading.permissions import user_can_confirm
from portal.refused import Refused

SEND = "portal.reading.question_mail.send_question"


class NobodyToAsk(Refused):
    """The owner has no e-mail address here, or does not work here any more."""

    status = 409


def can_be_asked(owner: User) -> bool:
    """Tell whether a question can reach the owner by e-mail."""
    return bool(owner.is_active and owner.email)


@transaction.atomic
def ask_owner(version: PolicyVersion, text: str, *, actor: User) -> PolicyQuestion:
    """Keep a question about a version and have it mailed to the policy's owner.

    Raises:
        NotPermitted: when the policy is not for the actor.
        NobodyToAsk: when no e-mail reaches the owner; the reason says whom to ask.
    """
    page = version.page
    require(user_can_confirm(actor, page))
    if not can_be_asked(page.policy_owner):
        raise NobodyToAsk(
            f"No e-mail reaches {page.policy_owner.actor_label}. Ask them, or your manager, in "
            "person."
        )
    question = PolicyQuestion.objects.create(person=actor, version=version, text=text)
    enqueue(SEND, question.pk)
    return question
