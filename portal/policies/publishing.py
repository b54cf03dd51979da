"""What Wagtail does when the last step of a workflow is approved.

Named in ``WAGTAIL_FINISH_WORKFLOW_ACTION``. Wagtail loads this module while its own models load, so
it must import nothing of ours.
"""

from typing import Any

from django.core.exceptions import PermissionDenied


def publish_approved_revision(workflow_state: Any, user: Any = None) -> None:
    """Publish exactly the revision that was approved.

    Wagtail's own action publishes whatever is newest, and only if the approver may publish by
    themselves. Here nobody may: approval is the only way. Wagtail also comes here when a workflow
    has no step left, because its task was switched off or was never there.

    Raises:
        PermissionDenied: when the last step was not approved.
    """
    state = workflow_state.current_task_state
    if state is None or state.status != state.STATUS_APPROVED:
        raise PermissionDenied(
            "A policy waits at this step. Decide on it or cancel it first; it cannot be skipped."
        )
    state.revision.publish(user=user, skip_permission_checks=True)
