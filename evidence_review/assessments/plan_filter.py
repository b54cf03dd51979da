"""How a person narrows the list of actions."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.plan_states import OVERDUE as OVERDUE_LOOK
from evidence_review.assessments.plan_states import action_look
from evidence_review.assessments.queries.plan import overdue
from evidence_review.assessments.states import PLANNED, ActionState
from evidence_review.evidence.states import Look
from portal.people.models import User

TO_BE_DONE, OVERDUE, ALL = "to-be-done", "overdue", "all"


class PlanFilter:
    """A state and an owner, as asked for, else what is to be done; the unknown is ignored."""

    def __init__(self, asked: Any, *, assessment: Assessment, today: date) -> None:
        self._today = today
        self.states = [
            (TO_BE_DONE, "To be done"),
            (OVERDUE, "Overdue"),
            *((state.value, str(state.label)) for state in ActionState),
            (ALL, "All"),
        ]
        state = asked.get("state", "")
        self.state = state if state in dict(self.states) else TO_BE_DONE
        self.owners = list(
            User.objects.filter(actions_owned__assessment=assessment)
            .distinct()
            .order_by("first_name", "last_name", "pk")
        )
        chosen = asked.get("owner", "")
        self.owner = next((one for one in self.owners if one.public_id == chosen), None)

    @property
    def is_set(self) -> bool:
        """Whether anything but the default was asked for."""
        return self.state != TO_BE_DONE or self.owner is not None

    def narrow(self, found: QuerySet[ImprovementAction]) -> QuerySet[ImprovementAction]:
        """Return what of ``found`` fits."""
        if self.state == TO_BE_DONE:
            found = found.filter(state__in=PLANNED)
        elif self.state == OVERDUE:
            found = found.filter(overdue(self._today))
        elif self.state != ALL:
            found = found.filter(state=self.state)
        return found.filter(owner=self.owner) if self.owner else found


def look_on(action: ImprovementAction, today: date) -> Look:
    """Return how an action is drawn on a day: overdue, or its state."""
    if action.state in PLANNED and action.due < today:
        return OVERDUE_LOOK
    return action_look(action.state)
