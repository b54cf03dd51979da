"""Nobody publishes what they own, wrote or submitted, and nobody publishes past the approval."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.models import Page, Revision, TaskState, WorkflowState

from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.actions.decide_on_policy import decide_on_policy
from portal.policies.actions.submit_policy import submit_policy
from portal.policies.models import FourEyesTask, PolicyPage
from portal.policies.queries import policies_waiting_for
from tests.factories import PersonFactory
from tests.portal.policies.making import (
    approve,
    draft,
    policies_page,
    published,
    save_draft,
    submit,
)

pytestmark = pytest.mark.django_db


def is_live(page: PolicyPage) -> bool:
    return bool(PolicyPage.objects.get(pk=page.pk).live)


def test_another_editor_approves_and_the_policy_is_published(
    editor: User, other_editor: User
) -> None:
    page = draft(author=editor)

    approve(submit(page, by=editor), by=other_editor)

    assert is_live(page)


def test_an_ig_lead_approves(editor: User, ig_lead: User) -> None:
    page = draft(author=editor)

    approve(submit(page, by=editor), by=ig_lead)

    assert is_live(page)


def test_the_submitter_cannot_approve(editor: User, other_editor: User) -> None:
    page = draft(author=other_editor)
    waiting = submit(page, by=editor)

    with pytest.raises(NotPermitted, match="own, wrote or submitted"):
        approve(waiting, by=editor)

    assert not is_live(page)


def test_an_author_cannot_approve_what_somebody_else_submitted(
    editor: User, other_editor: User
) -> None:
    page = draft(author=other_editor)
    waiting = submit(page, by=editor)

    with pytest.raises(NotPermitted, match="own, wrote or submitted"):
        approve(waiting, by=other_editor)


def test_an_earlier_author_of_the_same_change_cannot_approve(
    editor: User, other_editor: User
) -> None:
    page = draft(author=other_editor)
    save_draft(page, author=editor)
    waiting = submit(page, by=editor)

    with pytest.raises(NotPermitted):
        approve(waiting, by=other_editor)


def test_the_author_of_the_last_version_may_approve_the_next(
    editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    page.summary = "Changed."
    save_draft(page, author=other_editor)

    approve(submit(page, by=other_editor), by=editor)

    assert PolicyPage.objects.get(pk=page.pk).summary == "Changed."


def test_the_owner_cannot_approve(editor: User, ig_lead: User) -> None:
    page = draft(author=editor, owner=ig_lead)
    waiting = submit(page, by=editor)

    with pytest.raises(NotPermitted):
        approve(waiting, by=ig_lead)


def test_naming_another_owner_in_the_draft_does_not_free_the_owner(
    editor: User, other_editor: User, ig_lead: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor, owner=ig_lead)
    page.policy_owner = PersonFactory.create()
    save_draft(page, author=editor)
    waiting = submit(page, by=editor)

    with pytest.raises(NotPermitted):
        approve(waiting, by=ig_lead)


@pytest.mark.parametrize(
    "role", [Role.STAFF, Role.CONTRIBUTOR, Role.REGISTERED_MANAGER, Role.PORTAL_ADMIN]
)
def test_no_other_role_approves(editor: User, role: Role) -> None:
    waiting = submit(draft(author=editor), by=editor)

    with pytest.raises(NotPermitted, match="Only editors and IG leads"):
        approve(waiting, by=PersonFactory.create(role=role))


def test_a_superuser_without_the_role_cannot_approve(editor: User) -> None:
    waiting = submit(draft(author=editor), by=editor)

    with pytest.raises(NotPermitted):
        approve(waiting, by=PersonFactory.create(is_superuser=True))


def test_being_in_the_group_without_the_role_is_not_enough(editor: User) -> None:
    waiting = submit(draft(author=editor), by=editor)
    stranger = PersonFactory.create()
    stranger.groups.add(Group.objects.get(name=Role.EDITOR))

    with pytest.raises(PermissionDenied):
        waiting.task.specific.on_action(waiting, stranger, "approve")


def test_a_superuser_cannot_publish_past_the_approval(editor: User, ig_lead: User) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)

    for person in (PersonFactory.create(is_superuser=True), ig_lead, editor):
        with pytest.raises(PublishPagePermissionError):
            PublishPageRevisionAction(waiting.revision, user=person).execute()
        with pytest.raises(PublishPagePermissionError):
            waiting.revision.publish(user=person)
        assert not page.permissions_for_user(person).can_publish()
        assert not Page.objects.get(pk=page.pk).permissions_for_user(person).can_publish()
        assert not policies_page().permissions_for_user(person).can_publish_subpage()

    assert not is_live(page)


def test_two_approvals_of_the_same_thing_publish_once(
    editor: User, other_editor: User, ig_lead: User
) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    stale = TaskState.objects.get(pk=waiting.pk)
    approve(waiting, by=other_editor)

    with pytest.raises(NotPermitted, match="already decided"):
        approve(stale, by=ig_lead)

    assert page.versions.count() == 1


def test_a_return_keeps_the_reasons_and_publishes_nothing(editor: User, other_editor: User) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)

    decide_on_policy(
        waiting,
        actor=other_editor,
        approve=False,
        revision_seen=waiting.revision_id,
        reason="Shorter, please.",
    )

    waiting.refresh_from_db()
    assert (waiting.status, waiting.comment) == (TaskState.STATUS_REJECTED, "Shorter, please.")
    assert not is_live(page)
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_what_came_back_is_put_right_and_submitted_again(editor: User, other_editor: User) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    decide_on_policy(
        waiting, actor=other_editor, approve=False, revision_seen=waiting.revision_id, reason="x"
    )
    page.summary = "Shorter."
    save_draft(page, author=editor)

    approve(submit(page, by=editor), by=other_editor)

    assert PolicyPage.objects.get(pk=page.pk).summary == "Shorter."


def test_a_policy_that_waits_is_frozen(editor: User, other_editor: User) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    page.summary = "Swapped after it was submitted."

    for person in (editor, other_editor):
        with pytest.raises(PermissionDenied, match="waits for a decision"):
            save_draft(page, author=person)
        assert waiting.task.specific.locked_for_user(page, person)


def test_a_text_swapped_behind_the_pages_back_is_not_approved(
    editor: User, other_editor: User
) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    # As Wagtail's autosave does it: the same row, new words, a later time.
    swapped = Revision.objects.get(pk=waiting.revision_id)
    swapped.content["summary"] = "Swapped."
    swapped.created_at = waiting.started_at.replace(year=waiting.started_at.year + 1)
    swapped.save()

    with pytest.raises(NotPermitted, match="changed after it was submitted"):
        approve(waiting, by=other_editor)


def test_a_draft_that_was_decided_on_is_never_overwritten(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    decided = page.live_revision

    again = page.save_revision(user=editor, overwrite_revision=decided)

    assert again.pk != decided.pk


def test_deciding_on_something_else_than_was_seen_is_refused(
    editor: User, other_editor: User
) -> None:
    waiting = submit(draft(author=editor), by=editor)

    with pytest.raises(NotPermitted, match="changed since you opened it"):
        decide_on_policy(
            waiting, actor=other_editor, approve=True, revision_seen=waiting.revision_id + 1
        )


def test_cancelling_the_approval_publishes_nothing(editor: User) -> None:
    page = draft(author=editor)
    state = submit_policy(page, actor=editor)

    state.cancel(user=editor)

    assert not is_live(page)
    with pytest.raises(PublishPagePermissionError):
        page.get_latest_revision().publish(user=editor)


def test_a_deleted_workflow_opens_no_way_to_publish(editor: User, ig_lead: User) -> None:
    page = draft(author=editor)
    state = submit_policy(page, actor=editor)

    state.workflow.delete()

    with pytest.raises(PublishPagePermissionError):
        page.get_latest_revision().publish(user=ig_lead)
    assert not is_live(page)


def test_only_those_who_may_decide_are_shown_what_waits(
    editor: User, other_editor: User, ig_lead: User, staff: User
) -> None:
    waiting = submit(draft(author=editor), by=editor)
    task = FourEyesTask.objects.get()

    assert policies_waiting_for(other_editor) == [waiting]
    assert policies_waiting_for(ig_lead) == [waiting]
    assert policies_waiting_for(editor) == []
    assert policies_waiting_for(staff) == []
    page = waiting.workflow_state.content_object.specific
    assert task.get_actions(page, other_editor)
    assert not task.get_actions(page, editor)
    assert not task.get_actions(page, PersonFactory.create(is_superuser=True))


def test_submitting_twice_is_refused(editor: User) -> None:
    page = draft(author=editor)
    submit(page, by=editor)

    with pytest.raises(NotPermitted, match="waits for a decision already"):
        submit_policy(page, actor=editor)


def test_staff_cannot_submit(editor: User, staff: User) -> None:
    with pytest.raises(NotPermitted, match="Only editors and IG leads"):
        submit_policy(draft(author=editor), actor=staff)
