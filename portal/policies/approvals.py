"""Whether somebody else approved a text: asked again when it is published, by whatever road.

Wagtail's own buttons, commands and methods all end in ``PolicyPage.publish`` or in
``PolicyPage.save``; both ask here. The database asks the same when the version is kept
(``refusals``).
"""

from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Page, Revision, TaskState

from portal.people.models import Membership
from portal.people.queries import active_on
from portal.policies.fingerprints import text_sha256, text_sha256_of
from portal.policies.hands import hands_in
from portal.policies.permissions import POLICY_WRITERS

_WHAT_READERS_GET = frozenset({"live", "live_revision", "title", "summary", "body"})


class NotApproved(PublishPagePermissionError):
    """Nobody with clean hands approved this text."""


def approval_of(revision: Revision) -> TaskState | None:
    """Return the decision of somebody else that let this revision be published, if there is one."""
    states = TaskState.objects.filter(
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        finished_by__isnull=False,
        task__content_type__app_label="policies",
        task__content_type__model="foureyestask",
    ).select_related("revision", "finished_by", "workflow_state")
    return next(filter(_is_sound, states.order_by("-finished_at", "-pk")), None)


def require_approval(page: Page, revision: Revision) -> TaskState:
    """Return the approval of a revision of this page.

    Raises:
        NotApproved: when there is none, or when the revision was published before.
    """
    if str(page.pk) == revision.object_id and not page.versions.filter(revision=revision).exists():
        approval = approval_of(revision)
        if approval is not None:
            return approval
    raise NotApproved(
        "Nothing is published without the approval of somebody who neither owns, wrote nor "
        "submitted it. Submit the policy for approval."
    )


def hold_to_the_approved(page: Page, update_fields: object = None) -> None:
    """Refuse to save as live what was not approved: another revision, or other words.

    Raises:
        NotApproved: when the page would show readers something that nobody approved.
    """
    if page.alias_of_id is not None:
        raise NotApproved("A policy stands in one place. It cannot have an alias.")
    if not page.live:
        return
    if isinstance(update_fields, list | tuple | set | frozenset) and not (
        _WHAT_READERS_GET & set(update_fields)
    ):
        return
    revision = page.live_revision
    if revision is None or revision.object_id != str(page.pk):
        raise NotApproved("A policy goes live by approval, not by being saved.")
    if not page.versions.filter(revision=revision).exists():
        require_approval(page, revision)
    if text_sha256(page) != text_sha256_of(revision, page):
        raise NotApproved("The words differ from those that were approved.")


def _is_sound(state: TaskState) -> bool:
    """Whether the text stayed as it was submitted, and who approved it wrote no part of it."""
    wrote = Membership.objects.filter(
        active_on(timezone.localdate(state.finished_at)),
        person=state.finished_by_id,
        role__in=POLICY_WRITERS,
    )
    return (
        state.revision.created_at <= state.started_at
        and state.workflow_state.object_id == state.revision.object_id
        and state.finished_by_id not in hands_in(state)
        and wrote.exists()
    )
