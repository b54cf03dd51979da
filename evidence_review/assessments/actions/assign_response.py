"""Give a question to somebody, with a day by which it should be answered."""

from datetime import date

from django.db import transaction

from evidence_review.assessments.actions.locking import lock_response
from evidence_review.assessments.models import Response
from evidence_review.assessments.permissions import user_can_answer, user_can_run_assessment
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class CannotAnswer(Refused):
    """The question is given to somebody who may not answer it."""

    status = 422


@transaction.atomic
def assign_response(
    response: Response, person: User | None, due: date | None, *, actor: User
) -> Response:
    """Give the question to a person, or to nobody. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor does not run this assessment.
        CannotAnswer: the person may not answer it.
    """
    response = lock_response(response)
    require(user_can_run_assessment(actor, response.assessment))
    if person is None:
        due = None
    elif not user_can_answer(person, response.assessment):
        raise CannotAnswer(f"{person} may not answer for {response.assessment.owner_name}.")
    if (response.assigned_to, response.due) == (person, due):
        return response
    response.assigned_to, response.due = person, due
    response._history_user = actor
    response.save(update_fields=("assigned_to", "due"))
    record(
        Verb.RESPONSE_ASSIGNED,
        response.record_ref,
        actor=actor,
        facts={
            "requirement": response.requirement.code,
            "to": person.actor_ref if person else "nobody",
            "due": due.isoformat() if due else "",
        },
        detail={"to": person.actor_label if person else "nobody"},
    )
    return response
