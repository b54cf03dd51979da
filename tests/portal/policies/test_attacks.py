"""Ways round the second pair of eyes, each tried: none makes anything live."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import (
    GroupApprovalTask,
    Revision,
    TaskState,
    WorkflowTask,
)

from portal.people.models import Membership, User
from portal.people.roles import Role
from portal.policies.approvals import NotApproved
from portal.policies.models import FourEyesTask, PolicyPage
from tests.factories import PersonFactory
from tests.portal.policies.making import (
    anything_new_is_live,
    approve,
    draft,
    policies_page,
    published,
    published_again,
    save_draft,
    submit,
)

pytestmark = pytest.mark.django_db


def by_publishing(page: PolicyPage, revision: Revision) -> None:
    revision.publish()


def by_skipping_the_rights(page: PolicyPage, revision: Revision) -> None:
    revision.publish(skip_permission_checks=True)


def by_wagtails_action(page: PolicyPage, revision: Revision) -> None:
    PublishPageRevisionAction(revision, user=None).execute(skip_permission_checks=True)


def by_saving_it_live(page: PolicyPage, revision: Revision) -> None:
    page.live, page.live_revision = True, revision
    page.save()


def by_saving_one_column(page: PolicyPage, revision: Revision) -> None:
    page.live = True
    page.save(update_fields=["live"])


@pytest.mark.parametrize(
    "attack",
    [
        by_publishing,
        by_skipping_the_rights,
        by_wagtails_action,
        by_saving_it_live,
        by_saving_one_column,
    ],
)
def test_no_call_makes_a_draft_live(
    editor: User, attack: Callable[[PolicyPage, Revision], None]
) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)

    with pytest.raises(NotApproved):
        attack(page, waiting.revision)

    assert not anything_new_is_live(page)


def test_no_call_changes_the_words_that_are_live(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    page.summary = "Nobody approved this."

    for fields in (None, ["summary"]):
        with pytest.raises(NotApproved, match="words differ"):
            page.save(update_fields=fields)


def test_an_old_approval_does_not_bring_an_old_text_back(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    first = page.live_revision
    page = published_again(page, author=editor, approver=other_editor, summary="Newer.")

    with pytest.raises(NotApproved):
        first.publish()

    assert PolicyPage.objects.get(pk=page.pk).summary == "Newer."


def test_a_superuser_marking_the_step_as_approved_publishes_nothing(editor: User) -> None:
    waiting = submit(page := draft(author=editor), by=editor)

    for person in (PersonFactory.create(is_superuser=True), editor):
        with pytest.raises(NotApproved):
            TaskState.objects.get(pk=waiting.pk).approve(user=person)

    assert not anything_new_is_live(page)


def test_a_person_whose_role_has_ended_does_not_approve(editor: User, other_editor: User) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    Membership.objects.filter(person=other_editor).update(
        starts=timezone.localdate() - timedelta(days=9),
        ends=timezone.localdate() - timedelta(days=1),
    )

    with pytest.raises(NotApproved):
        waiting.approve(user=User.objects.get(pk=other_editor.pk))

    assert not anything_new_is_live(page)


def test_an_author_is_no_other_person_in_another_role(editor: User) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    Membership.objects.filter(person=editor).update(role=Role.IG_LEAD)

    with pytest.raises(PermissionDenied, match="own, wrote or submitted"):
        waiting.task.specific.on_action(waiting, User.objects.get(pk=editor.pk), "approve")

    assert not anything_new_is_live(page)


def test_an_owner_named_in_a_draft_on_the_way_cannot_approve(
    editor: User, ig_lead: User, other_editor: User
) -> None:
    page = draft(author=editor, owner=other_editor)
    for owner in (ig_lead, PersonFactory.create()):
        page.policy_owner = owner
        save_draft(page, author=editor)
    waiting = submit(page, by=editor)

    for person in (ig_lead, other_editor):
        with pytest.raises(PermissionDenied, match="own, wrote or submitted"):
            waiting.task.specific.on_action(waiting, person, "approve")


def test_approving_the_first_of_two_steps_does_not_open_the_second(
    editor: User, other_editor: User, ig_lead: User
) -> None:
    second = FourEyesTask.objects.create(name="A third person")
    WorkflowTask.objects.create(workflow=policies_page().get_workflow(), task=second, sort_order=2)
    waiting = submit(page := draft(author=editor), by=editor)
    approve(waiting, by=other_editor)
    last = page.current_workflow_task_state

    with pytest.raises(PermissionDenied, match="own, wrote or submitted"):
        last.task.specific.on_action(last, other_editor, "approve")
    assert not anything_new_is_live(page)

    last.task.specific.on_action(last, ig_lead, "approve")
    assert PolicyPage.objects.get(pk=page.pk).live


def test_a_cancelled_approval_cannot_be_approved(editor: User, other_editor: User) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    waiting.workflow_state.cancel(user=editor)

    with pytest.raises(PermissionDenied):
        waiting.task.specific.on_action(waiting, other_editor, "approve")
    waiting.refresh_from_db()
    with pytest.raises(PermissionDenied):
        waiting.approve(user=other_editor)

    assert not anything_new_is_live(page)


def test_a_task_of_wagtails_own_in_its_place_publishes_nothing(
    superuser: User, other_editor: User
) -> None:
    page = draft(author=superuser)
    WorkflowTask.objects.update(task=GroupApprovalTask.objects.create(name="Easy"))
    state = page.get_workflow().start(page, superuser)
    waiting = state.current_task_state

    for person in (superuser, other_editor):
        with pytest.raises(NotApproved):
            TaskState.objects.get(pk=waiting.pk).task.specific.on_action(
                TaskState.objects.get(pk=waiting.pk), person, "approve"
            )

    assert not anything_new_is_live(page)


def test_a_workflow_without_a_step_publishes_nothing(client: Client, superuser: User) -> None:
    page = draft(author=superuser)
    WorkflowTask.objects.all().delete()

    with pytest.raises(PermissionDenied):
        page.get_workflow().start(page, superuser)

    assert not anything_new_is_live(page)


def test_a_copy_of_a_live_policy_is_a_draft_and_an_alias_is_refused(
    editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor)

    copied = page.copy(update_attrs={"slug": "copied", "title": "Copied"})
    with pytest.raises(NotApproved):
        CopyPageAction(page, update_attrs={"slug": "live"}, keep_live=True).execute()
    with pytest.raises(NotApproved):
        page.create_alias(update_slug="alias")

    assert not copied.live
    assert list(PolicyPage.objects.live()) == [page]
