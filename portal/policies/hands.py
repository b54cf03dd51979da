"""Who had a hand in what waits for a decision, or was approved: the one list of it."""

from datetime import datetime

from django.db.models import QuerySet
from wagtail.models import Page, Revision, TaskState


def hands_in(state: TaskState) -> set[int | None]:
    """Return the ids of everybody who may not decide at this step of the workflow.

    They are the submitter, the owner (of the text in force, of what was submitted, and of every
    draft between), everyone who saved a draft between, and whoever approved an earlier step.
    """
    page = Page.objects.get(pk=state.revision.object_id).specific
    drafts = _drafts_up_to(state.revision, since=_newest_before(page, state.revision))
    approved = state.workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    hands: set[int | None] = {state.workflow_state.requested_by_id}
    hands.add(getattr(page, "policy_owner_id", None))
    hands.update(approved.exclude(pk=state.pk).values_list("finished_by_id", flat=True))
    for author, owner in drafts.values_list("user_id", "content__policy_owner"):
        hands |= {author, owner}
    return hands


def _newest_before(page: Page, revision: Revision) -> datetime | None:
    """Return when the text was drafted that was published last before this revision."""
    versions = page.versions.filter(revision__created_at__lt=revision.created_at)
    newest = versions.order_by("-number").values_list("revision__created_at", flat=True)
    drafted: datetime | None = newest.first()
    return drafted


def _drafts_up_to(revision: Revision, *, since: datetime | None) -> QuerySet[Revision]:
    """Return the drafts of the same page up to this one, after those of the text in force."""
    drafts: QuerySet[Revision] = Revision.objects.filter(
        base_content_type=revision.base_content_type_id,
        object_id=revision.object_id,
        created_at__lte=revision.created_at,
    )
    return drafts.filter(created_at__gt=since) if since else drafts
