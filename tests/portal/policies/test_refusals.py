"""The database keeps no version that nobody else approved, whatever code asks it to."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from portal.people.models import User
from portal.policies.models import PolicyPage
from tests.factories import PersonFactory
from tests.portal.policies.making import draft, published, published_again, save_draft, submit

pytestmark = pytest.mark.django_db

INSERT = """
    INSERT INTO policies_policyversion
        (page_id, number, major, revision_id, sha256, change_note, asks_to_confirm, audience,
         published_at, approved_by_id)
    VALUES (%s, %s, 1, %s, '', '', %s, '{}', %s, %s)
"""


def insert(page: PolicyPage, revision: Revision, approver: User | None) -> None:
    number = page.versions.count() + 1
    row = [page.pk, number, revision.pk, False, timezone.now(), approver and approver.pk]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, row)


def approved(waiting: TaskState, by: User) -> None:
    """Mark what waits as approved past every rule of ours, as a hand in the database would."""
    TaskState.objects.filter(pk=waiting.pk).update(
        status=TaskState.STATUS_APPROVED, finished_by=by, finished_at=timezone.now()
    )


def refused(words: str) -> "pytest.RaisesExc[IntegrityError]":
    return pytest.raises(IntegrityError, match=re.escape(f"refused: {words}"))


UNAPPROVED = "a version of a policy is what somebody approved"
OWN_WORK = "nobody approves a policy they own, wrote or submitted"


def test_an_approved_revision_is_kept(editor: User, other_editor: User) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    approved(waiting, by=other_editor)

    insert(page, waiting.revision, other_editor)

    assert page.versions.get().approved_by == other_editor


@pytest.mark.parametrize("state", ["in_progress", "rejected", "cancelled", "skipped"])
def test_a_revision_that_nobody_approved_is_refused(
    editor: User, other_editor: User, state: str
) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    approved(waiting, by=other_editor)
    TaskState.objects.filter(pk=waiting.pk).update(status=state)

    with refused(UNAPPROVED):
        insert(page, waiting.revision, other_editor)


def test_nobody_or_somebody_else_as_the_approver_is_refused(
    editor: User, other_editor: User, ig_lead: User
) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    approved(waiting, by=other_editor)

    for approver in (None, ig_lead):
        with refused(UNAPPROVED):
            insert(page, waiting.revision, approver)


def test_an_approval_of_another_page_is_refused(editor: User, other_editor: User) -> None:
    waiting = submit(draft("One", author=editor), by=editor)
    approved(waiting, by=other_editor)
    other = draft("Two", author=editor)

    with refused(UNAPPROVED):
        insert(other, waiting.revision, other_editor)


def test_a_text_that_changed_after_it_was_submitted_is_refused(
    editor: User, other_editor: User
) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    approved(waiting, by=other_editor)
    Revision.objects.filter(pk=waiting.revision_id).update(created_at=timezone.now())

    with refused(UNAPPROVED):
        insert(page, waiting.revision, other_editor)


def test_the_submitter_is_refused(editor: User, other_editor: User) -> None:
    waiting = submit(page := draft(author=editor), by=editor)
    approved(waiting, by=other_editor)
    WorkflowState.objects.update(requested_by=other_editor)

    with refused(OWN_WORK):
        insert(page, waiting.revision, other_editor)


def test_the_owner_is_refused(editor: User, ig_lead: User) -> None:
    waiting = submit(page := draft(author=editor, owner=ig_lead), by=editor)
    approved(waiting, by=ig_lead)

    with refused(OWN_WORK):
        insert(page, waiting.revision, ig_lead)


def test_an_author_since_the_last_version_is_refused_and_one_before_it_is_not(
    editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    save_draft(page, author=other_editor)
    waiting = submit(page, by=other_editor)
    approved(waiting, by=editor)
    insert(page, waiting.revision, editor)
    WorkflowState.objects.update(status=WorkflowState.STATUS_APPROVED)

    save_draft(page, author=editor)
    newest = save_draft(page, author=PersonFactory.create())
    TaskState.objects.filter(pk=waiting.pk).update(revision=newest, started_at=timezone.now())

    with refused(OWN_WORK):
        insert(page, newest, editor)


def test_an_approval_is_used_once(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    page = published_again(page, author=editor, approver=other_editor)
    used = page.live_revision

    with refused("an approval is used once"):
        insert(page, used, other_editor)
