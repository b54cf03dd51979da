"""What is published is kept for good, with a number, a hash, an approver and one event."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from portal.people.models import User
from portal.policies.fingerprints import text_sha256
from portal.policies.models import PolicyPage, PolicyVersion
from portal.policies.queries import versions_of
from portal.policies.tasks import publish_due
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.portal.policies.making import approve, draft, published, save_draft, submit

pytestmark = pytest.mark.django_db


def verbs_about(page: PolicyPage) -> list[str]:
    return [event.verb for event in events_about("policy", str(page.pk)).order_by("seq")]


def test_publishing_keeps_a_version_and_writes_one_event(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)

    version = page.versions.get()
    event = events_about("policy", str(page.pk)).get()
    assert version.number == 1
    assert version.approved_by == other_editor
    assert version.revision_id == page.live_revision_id
    assert version.sha256 == text_sha256(page)
    assert event.verb == Verb.POLICY_PUBLISHED
    assert event.actor_ref == other_editor.actor_ref
    assert (event.object_version, event.sha256) == (1, version.sha256)
    assert event.detail_data["title"] == "Phones"


def test_the_next_publication_is_the_next_version(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    page.summary = "Changed."
    save_draft(page, author=editor)
    approve(submit(page, by=editor), by=other_editor)

    newest, first = versions_of(page)
    assert (newest.number, first.number) == (2, 1)
    assert newest.sha256 != first.sha256
    assert verbs_about(page) == [Verb.POLICY_PUBLISHED, Verb.POLICY_PUBLISHED]


def test_the_same_text_has_the_same_hash(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)

    assert text_sha256(PolicyPage.objects.get(pk=page.pk)) == page.versions.get().sha256


def test_each_part_that_people_read_changes_the_hash(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    hashes = {text_sha256(page)}

    page.title = "Telephones"
    hashes.add(text_sha256(page))
    page.summary = "Another summary."
    hashes.add(text_sha256(page))
    page.body = [("paragraph", "<p>Other words.</p>")]
    hashes.add(text_sha256(page))

    assert len(hashes) == 4


def test_a_draft_leaves_the_published_words_alone(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    page.summary = "Not approved."
    save_draft(page, author=editor)

    assert PolicyPage.objects.get(pk=page.pk).summary != "Not approved."
    assert page.versions.count() == 1


def test_a_policy_approved_for_a_later_day_is_published_by_the_scheduler_on_that_day(
    editor: User, other_editor: User
) -> None:
    page = draft("Phones", author=editor)
    page.go_live_at = timezone.now() + timedelta(days=3)
    save_draft(page, author=editor)
    waiting = submit(page, by=editor)
    approve(waiting, by=other_editor)
    page.refresh_from_db()
    assert not page.live
    assert not page.versions.exists()

    revision = waiting.revision
    revision.refresh_from_db()
    revision.content["go_live_at"] = revision.approved_go_live_at = timezone.now() - timedelta(1)
    revision.save()
    assert publish_due() == 1
    assert publish_due() == 0

    page.refresh_from_db()
    event = events_about("policy", str(page.pk)).get()
    assert page.live
    assert page.versions.get().approved_by == other_editor
    assert event.actor_ref == "system:scheduler"


def test_a_planned_publication_may_be_called_off_by_those_who_write_and_nobody_else(
    client: Client, editor: User, other_editor: User, staff: User
) -> None:
    page = draft("Phones", author=editor)
    page.go_live_at = timezone.now() + timedelta(days=3)
    save_draft(page, author=editor)
    waiting = submit(page, by=editor)
    approve(waiting, by=other_editor)
    url = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, waiting.revision_id])
    planned = Revision.objects.filter(approved_go_live_at__isnull=False)

    client.force_login(staff)
    client.post(url)
    assert planned.exists()

    client.force_login(editor)
    client.post(url)
    assert not planned.exists()


def test_when_the_record_cannot_be_written_nothing_is_published(
    editor: User, other_editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draft("Phones", author=editor)
    waiting = submit(page, by=editor)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("portal.policies.actions.keep_version.record", fail)
    with pytest.raises(RuntimeError, match="no record"), transaction.atomic():
        approve(waiting, by=other_editor)

    waiting.refresh_from_db()
    assert not PolicyPage.objects.get(pk=page.pk).live
    assert waiting.status == waiting.STATUS_IN_PROGRESS
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policies_policyversion SET sha256 = 'x'",
        "UPDATE policies_policyversion SET number = 9",
        "DELETE FROM policies_policyversion",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_version(
    editor: User, other_editor: User, statement: str
) -> None:
    published("Phones", author=editor, approver=other_editor)

    with (
        pytest.raises(IntegrityError, match="refused: "),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_withdrawing_is_recorded(editor: User, other_editor: User, ig_lead: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)

    page.unpublish(user=ig_lead)

    last = events_about("policy", str(page.pk)).order_by("seq").last()
    assert last is not None
    assert (last.verb, last.actor_ref) == (Verb.POLICY_WITHDRAWN, ig_lead.actor_ref)
    assert (last.before, last.after) == ("published", "withdrawn")


def test_a_policy_that_expires_is_withdrawn_by_the_scheduler(
    editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    PolicyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))

    changed = [publish_due(), publish_due()]

    assert changed == [1, 0]

    last = events_about("policy", str(page.pk)).order_by("seq").last()
    assert last is not None
    assert (last.verb, last.actor_ref) == (Verb.POLICY_WITHDRAWN, "system:scheduler")


def test_wagtails_own_command_is_recorded_too(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    PolicyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))

    call_command("publish_scheduled")

    assert verbs_about(page) == [Verb.POLICY_PUBLISHED, Verb.POLICY_WITHDRAWN]


def test_what_is_not_due_yet_is_left_alone(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    PolicyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(days=1))

    assert publish_due() == 0
    assert PolicyPage.objects.get(pk=page.pk).live
