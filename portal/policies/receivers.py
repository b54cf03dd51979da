"""What follows when a policy is published or withdrawn. Connected when the app is ready."""

from typing import Any

from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from portal.jobs import enqueue
from portal.people.models import User
from portal.policies.actions.keep_version import keep_version
from portal.policies.actions.record_withdrawal import record_withdrawal
from portal.policies.models import FourEyesTask, PolicyPage
from portal.policies.signals import policy_in_force
from portal.record.actors import SCHEDULER

WITHDRAWN = frozenset({"wagtail.unpublish", "wagtail.unpublish.scheduled"})
"""How Wagtail's own log names it. Every way to unpublish writes there, with the person."""


def keep_published(page: PolicyPage, revision: Revision, user: User | None, **kwargs: Any) -> None:
    """Keep the version that was published; without a person it was the scheduler."""
    keep_version(page, revision, actor=user or SCHEDULER)
    policy_in_force.send(PolicyPage, page=page)


def note_withdrawn(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """Record a withdrawal; without a person it was the scheduler.

    Not every way to unpublish asks the page, but all of them write to Wagtail's log.
    """
    if not created or instance.action not in WITHDRAWN:
        return
    page = PolicyPage.objects.filter(pk=instance.page_id).first()
    if page is not None:
        record_withdrawal(page, actor=instance.user or SCHEDULER)


def note_submitted(instance: TaskState, **kwargs: Any) -> None:
    """Have those told who may decide. Wagtail would send mail here, inside the request."""
    if isinstance(instance.task.specific, FourEyesTask):
        enqueue("portal.policies.tasks.tell_deciders", instance.pk)


def note_decided(instance: WorkflowState, **kwargs: Any) -> None:
    """Have the submitter told how it was decided."""
    state = instance.current_task_state
    if state is not None and isinstance(state.task.specific, FourEyesTask):
        enqueue("portal.policies.tasks.tell_submitter", state.pk)


def say_nothing(**kwargs: Any) -> None:
    """Stand where Wagtail would tell every superuser that something was submitted."""
