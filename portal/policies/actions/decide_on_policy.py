"""Approve a policy, which publishes it, or return it with reasons."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import TaskState

from portal.people.answers import NotPermitted
from portal.people.models import User


@transaction.atomic
def decide_on_policy(
    state: TaskState, *, actor: User, approve: bool, revision_seen: int, reason: str = ""
) -> TaskState:
    """Take the decision on what waits at one step. ``revision_seen`` is what the actor looked at.

    The task itself asks whether the actor may (``FourEyesTask.on_action``); publishing writes the
    record. A return is kept in Wagtail's own log.

    Raises:
        NotPermitted: when the actor may not, or when what waits is not what was seen.
    """
    locked = TaskState.objects.select_for_update().get(pk=state.pk)
    if locked.revision_id != revision_seen:
        raise NotPermitted("This policy changed since you opened it. Read it again, then decide.")
    action = "approve" if approve else "reject"
    try:
        locked.task.specific.on_action(locked, actor, action, comment=reason)
    except PermissionDenied as denied:
        raise NotPermitted(str(denied)) from denied
    return locked
