"""Send a policy's latest draft to somebody else for approval."""

from django.db import transaction
from wagtail.models import Page, WorkflowState

from portal.people.answers import NotPermitted, require
from portal.people.models import User
from portal.policies.models import PolicyPage
from portal.policies.permissions import user_can_edit_policies


@transaction.atomic
def submit_policy(page: PolicyPage, *, actor: User) -> WorkflowState:
    """Start the approval of the latest draft, or take it up again after a return.

    What happens before publication is kept in Wagtail's own log, not in the record.

    Raises:
        NotPermitted: when the actor may not, when it waits already, or no workflow is set up.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    require(user_can_edit_policies(actor))
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise NotPermitted("This policy waits for a decision already.")
    if state is not None:
        state.resume(actor)
        return state
    workflow = page.get_workflow()
    if workflow is None:
        raise NotPermitted("No approval is set up for policies. Ask your portal administrator.")
    started: WorkflowState = workflow.start(page, actor)
    return started
