"""What was approved for a later day, and what may happen before that day comes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Revision,
    TaskState,
    WorkflowState,
)

from portal.people.models import Membership, User
from portal.policies.models import PolicyPage
from portal.policies.tasks import publish_due
from tests.portal.policies.making import (
    anything_new_is_live,
    approve,
    draft,
    save_draft,
    submit,
)

pytestmark = pytest.mark.django_db


def planned(editor: User, other_editor: User, **fields: Any) -> tuple[PolicyPage, TaskState]:
    """Return a policy approved for tomorrow, and its approval."""
    page = draft("Phones", author=editor, go_live_at=timezone.now() + timedelta(days=1), **fields)
    waiting = submit(page, by=editor)
    approve(waiting, by=other_editor)
    return page, waiting


def the_day_comes(waiting: TaskState) -> int:
    """Let the day of a planned publication come: Wagtail compares it with the clock itself."""
    past = timezone.now() - timedelta(minutes=1)
    revision = Revision.objects.get(pk=waiting.revision_id)
    revision.content["go_live_at"] = past.isoformat()
    if revision.approved_go_live_at:
        revision.approved_go_live_at = past
    revision.save(update_fields=["content", "approved_go_live_at"])
    return publish_due()


def test_what_was_approved_is_published_and_not_what_was_drafted_after(
    editor: User, other_editor: User
) -> None:
    page, waiting = planned(editor, other_editor)
    later = page.get_latest_revision_as_object()
    later.summary = "Drafted after the approval."
    save_draft(later, author=other_editor)

    assert the_day_comes(waiting) == 1

    page.refresh_from_db()
    assert page.summary != "Drafted after the approval."
    assert page.versions.get().approved_by == other_editor


def test_a_planned_publication_that_was_called_off_does_not_happen(
    client: Client, editor: User, other_editor: User
) -> None:
    page, waiting = planned(editor, other_editor)
    client.force_login(editor)
    client.post(
        reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, waiting.revision_id])
    )

    assert the_day_comes(waiting) == 0
    assert not anything_new_is_live(page)


def test_an_approval_stands_when_the_approver_leaves_before_the_day(
    editor: User, other_editor: User
) -> None:
    page, waiting = planned(editor, other_editor)
    User.objects.filter(pk=other_editor.pk).update(is_active=False)
    Membership.objects.filter(person=other_editor).update(ends=timezone.localdate())

    assert the_day_comes(waiting) == 1
    assert page.versions.get().approved_by == other_editor


def test_a_planned_publication_whose_approval_is_gone_does_not_hold_up_the_others(
    editor: User, other_editor: User
) -> None:
    lost, without = planned(editor, other_editor, slug="lost")
    WorkflowState.objects.filter(pk=without.workflow_state_id).delete()
    sound, waiting = planned(editor, other_editor, slug="sound")
    the_day_comes(without)

    assert the_day_comes(waiting) == 1
    assert not PolicyPage.objects.get(pk=lost.pk).live
    assert PolicyPage.objects.get(pk=sound.pk).live
