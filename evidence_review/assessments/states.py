"""The words of an assessment: three standings, and how sites and actions stand."""

from django.db.models import TextChoices

from evidence_review.evidence.states import Look


class Standing(TextChoices):
    """How far one answer is. The same three words on every screen, file and API answer."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETE = "complete", "Complete"


class Holds(TextChoices):
    """What a registered manager says of one answer that head office gave for their site."""

    SAME = "same", "True here too"
    DIFFERENT = "different", "Different here"


class ActionState(TextChoices):
    """How far an action of the improvement plan is."""

    OPEN = "open", "To do"
    DOING = "doing", "In progress"
    DONE = "done", "Done"
    DROPPED = "dropped", "No longer needed"


PLANNED = (ActionState.OPEN, ActionState.DOING)
"""An action in one of these is still to be done."""


class Duty(TextChoices):
    """The people a provider must be able to name, whatever their job title is."""

    DSPT_LEAD = "dspt_lead", "DSPT lead"
    SENIOR_RESPONSIBLE = "senior_responsible", "Senior responsible person"
    CALDICOTT_GUARDIAN = "caldicott_guardian", "Caldicott Guardian"
    DATA_PROTECTION_OFFICER = "data_protection_officer", "Data protection officer"
    NOMINATED_INDIVIDUAL = "nominated_individual", "Nominated individual"
    REGISTERED_MANAGER = "registered_manager", "Registered manager"
    IT_ADMINISTRATOR = "it_administrator", "IT administrator"


WILL_LAPSE = Look("Will lapse", "wait", "hourglass")
"""Complete today, and no longer on the day that is looked ahead to."""

_LOOKS = {
    Standing.NOT_STARTED: Look(str(Standing.NOT_STARTED.label), "todo", "todo"),
    Standing.IN_PROGRESS: Look(str(Standing.IN_PROGRESS.label), "wait", "clock"),
    Standing.COMPLETE: Look(str(Standing.COMPLETE.label), "done", "tick"),
}


def look(standing: str) -> Look:
    """Return how one of the three standings is drawn."""
    return _LOOKS[Standing(standing)]
