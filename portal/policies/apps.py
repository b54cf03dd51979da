"""Policies: what staff are asked to do, in plain words, and which version holds today."""

from importlib import import_module
from types import ModuleType

from django.apps import AppConfig
from django.db.models.signals import post_save

from portal.policies.signals import policy_published


class PoliciesConfig(AppConfig):
    """The room of the policies."""

    name = "portal.policies"
    label = "policies"

    def ready(self) -> None:
        """Connect what follows a publication and a withdrawal."""
        receivers = import_module("portal.policies.receivers")
        self._take_over_the_mails(receivers)
        policy_published.connect(receivers.keep_published, dispatch_uid="policies.keep_published")
        post_save.connect(
            receivers.note_withdrawn,
            sender="wagtailcore.PageLogEntry",
            dispatch_uid="policies.note_withdrawn",
        )

    def _take_over_the_mails(self, receivers: ModuleType) -> None:
        """Put our receivers where Wagtail would connect its own, whichever of the two comes first.

        A signal takes one receiver for each sender and ``dispatch_uid``.
        """
        signals, models = import_module("wagtail.signals"), import_module("wagtail.models")
        for signal, sender, uid, receiver in (
            ("task_submitted", "TaskState", "group_approval_task", "note_submitted"),
            ("workflow_submitted", "WorkflowState", "workflow_state", "say_nothing"),
            ("workflow_rejected", "WorkflowState", "workflow_state", "note_decided"),
            ("workflow_approved", "WorkflowState", "workflow_state", "note_decided"),
        ):
            wanted = {
                "sender": getattr(models, sender),
                "dispatch_uid": f"{uid}_{signal.split('_')[1]}_email_notification",
            }
            getattr(signals, signal).disconnect(**wanted)
            getattr(signals, signal).connect(getattr(receivers, receiver), **wanted)
