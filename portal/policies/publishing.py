"""What Wagtail does when the last step of a workflow is approved.

Named in ``WAGTAIL_FINISH_WORKFLOW_ACTION``. Wagtail loads this module while its own models load, so
it must import nothing of ours.
"""

from typing import Any


def publish_approved_revision(workflow_state: Any, user: Any = None) -> None:
    """Publish exactly the revision that was approved.

    Wagtail's own action publishes whatever is newest, and only if the approver may publish by
    themselves. Here nobody may: approval is the only way.
    """
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)
