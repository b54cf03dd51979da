"""What the worker does about policies."""

from wagtail.models import TaskState

from portal.jobs import enqueue
from portal.people.models import User
from portal.policies import notices
from portal.policies.actions import publish_due as action
from portal.policies.permissions import user_can_decide_on
from portal.policies.queries import people_who_write

_THIS = "portal.policies.tasks"


def publish_due() -> int:
    """Publish and withdraw the policies whose day has come; return how many."""
    return action.publish_due()


def tell_deciders(state_id: int) -> None:
    """Put in one e-mail for everybody who may decide on what waits, unless it waits no more."""
    state = _state(state_id)
    if state is None:
        return
    for person in people_who_write():
        if user_can_decide_on(person, state):
            enqueue(f"{_THIS}.tell_decider", state.pk, person.pk)


def tell_decider(state_id: int, person_id: int) -> None:
    """Tell one person that a policy waits, if they may still decide on it."""
    state, person = _state(state_id), User.objects.get(pk=person_id)
    if state is not None and user_can_decide_on(person, state):
        notices.tell_decider(state, person)


def tell_submitter(state_id: int) -> None:
    """Tell whoever submitted a policy how it was decided, unless they decided themselves."""
    state = _state(state_id)
    if state is None or state.workflow_state.requested_by is None:
        return
    submitter = state.workflow_state.requested_by
    if state.status == TaskState.STATUS_REJECTED:
        notices.tell_of_return(state, submitter)
    elif state.status == TaskState.STATUS_APPROVED:
        notices.tell_of_approval(state, submitter)


def _state(state_id: int) -> TaskState | None:
    states = TaskState.objects.select_related(
        "revision", "workflow_state__requested_by", "finished_by"
    )
    return states.filter(pk=state_id).first()
