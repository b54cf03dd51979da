"""The workflow step that keeps four eyes on a policy."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from portal.people.answers import Denied
from portal.people.models import User
from portal.policies.permissions import user_can_decide_on, user_can_edit_policies

ACTIONS = [
    ("reject", "Return with reasons", True),
    ("approve", "Approve and publish", False),
]


class Frozen(WorkflowLock):
    """Says in our words why a policy that waits cannot be changed."""

    def get_message(self, user: User) -> str:
        """Return the sentence above the editor."""
        return "This policy waits for a decision. Nobody can change it until then."

    def get_locked_by(self, user: User, can_lock: bool = False) -> str:
        """Return what stands in the side panel."""
        return "Waits for a decision"

    def get_description(self, user: User, can_lock: bool = False) -> str:
        """Return the words under it."""
        return "Whoever submitted it may cancel; then it can be changed again"


class FourEyesTask(AbstractGroupApprovalTask):
    """Somebody else approves: nobody who owns, wrote or submitted it, whatever their rights.

    Wagtail's own task lets an author who is in the group, and any superuser, approve. Here the page
    is frozen while it waits, and the rule is asked again at the moment of the decision.
    """

    lock_class = Frozen

    class Meta:
        """Words for the admin."""

        verbose_name = "four-eyes approval"

    def get_actions(self, obj: Page, user: User) -> Sequence[tuple[str, str, bool]]:
        """Return the decisions the person may take on what waits now."""
        state = obj.current_workflow_task_state
        if state is None or not user_can_decide_on(user, state):
            return []
        return ACTIONS

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Decide, if the person may: the gate that every way to a decision leads through.

        Raises:
            PermissionDenied: with the reason, also when somebody else was a moment quicker.
        """
        locked = TaskState.objects.select_for_update().get(pk=task_state.pk)
        answer = user_can_decide_on(user, locked)
        if isinstance(answer, Denied):
            raise PermissionDenied(answer.reason)
        super().on_action(locked, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        """Return what waits for a decision that this person may take."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [state.pk for state in waiting if user_can_decide_on(user, state)]
        states: QuerySet[TaskState] = TaskState.objects.filter(pk__in=mine)
        return states

    def locked_for_user(self, obj: Page, user: User) -> bool:
        """Freeze the page for everybody: what was submitted is what is decided on."""
        return True

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        """Let those who decide look at the page in the editor."""
        return bool(user_can_edit_policies(user))

    def user_can_lock(self, obj: Page, user: User) -> bool:
        """No: the page is frozen already."""
        return False

    @classmethod
    def get_description(cls) -> str:
        """Return what the admin says about this kind of step."""
        return "An editor or IG lead who neither owns, wrote nor submitted the policy approves it"
