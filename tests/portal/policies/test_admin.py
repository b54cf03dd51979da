"""Editors and reviewers at work in the admin, through the screens they use."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import expand_db_html

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.blocks import CalloutBlock
from portal.policies.models import PolicyPage
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.factories import PersonFactory
from tests.portal.policies.forms import add_url, edit_url, form_of
from tests.portal.policies.making import draft, policies_page, published, submit

pytestmark = pytest.mark.django_db


def test_an_editor_writes_a_policy_and_submits_it(
    client: Client, editor: User, other_editor: User
) -> None:
    client.force_login(editor)

    client.post(add_url(), form_of(other_editor) | {"action-submit": "1"})

    page = PolicyPage.objects.get(slug="using-phones")
    assert not page.live
    assert page.workflow_in_progress


@pytest.mark.parametrize("superuser", [False, True])
def test_asking_to_publish_directly_only_saves_a_draft(
    client: Client, editor: User, other_editor: User, superuser: bool
) -> None:
    editor.is_superuser = superuser
    editor.save()
    client.force_login(editor)
    client.post(add_url(), form_of(other_editor) | {"action-publish": "1"})
    page = PolicyPage.objects.get(slug="using-phones")

    client.post(edit_url(page), form_of(other_editor) | {"action-publish": "1"})

    assert not PolicyPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("role", [Role.STAFF, Role.CONTRIBUTOR, Role.PORTAL_ADMIN])
def test_people_who_do_not_write_cannot_add_a_policy(
    client: Client, editor: User, role: Role
) -> None:
    client.force_login(PersonFactory.create(role=role))

    client.post(add_url(), form_of(editor) | {"action-submit": "1"})

    assert not PolicyPage.objects.exists()


def test_a_waiting_policy_is_frozen_in_the_editor_and_leads_to_the_review(
    client: Client, editor: User, other_editor: User
) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    client.force_login(other_editor)

    screen = client.get(edit_url(page)).content.decode()
    client.post(edit_url(page), form_of(editor, title="Swapped"))

    assert reverse("policies_review", args=[waiting.pk]) in screen
    assert "This policy waits for a decision. Nobody can change it until then." in screen
    assert "Page locked" in screen
    assert page.get_latest_revision().pk == waiting.revision_id


def test_the_review_shows_the_text_and_approves_it(
    client: Client, editor: User, other_editor: User
) -> None:
    page = draft("Phones", author=editor)
    waiting = submit(page, by=editor)
    client.force_login(other_editor)
    url = reverse("policies_review", args=[waiting.pk])

    screen = client.get(url).content.decode()
    answer = client.post(url, {"revision": waiting.revision_id, "outcome": "approve"})

    assert "Tell your manager on the same shift." in screen
    assert answer.status_code == 302
    assert PolicyPage.objects.get(pk=page.pk).live


def test_a_return_without_reasons_is_asked_for_them(
    client: Client, editor: User, other_editor: User
) -> None:
    waiting = submit(draft(author=editor), by=editor)
    client.force_login(other_editor)
    url = reverse("policies_review", args=[waiting.pk])

    screen = client.post(url, {"revision": waiting.revision_id, "outcome": "return"})

    waiting.refresh_from_db()
    assert "Say what should change" in screen.content.decode()
    assert waiting.status == waiting.STATUS_IN_PROGRESS


def test_the_submitter_is_told_why_they_cannot_decide(client: Client, editor: User) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    client.force_login(editor)
    url = reverse("policies_review", args=[waiting.pk])

    screen = client.get(url).content.decode()
    answer = client.post(
        url, {"revision": waiting.revision_id, "outcome": "approve"}, follow=True
    ).content.decode()

    assert "Somebody else must decide on it." in screen
    assert "Approve and publish" not in screen
    assert "Somebody else must decide on it." in answer
    assert not PolicyPage.objects.get(pk=page.pk).live


def test_a_decision_on_an_older_revision_is_refused(
    client: Client, editor: User, other_editor: User
) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    client.force_login(other_editor)

    answer = client.post(
        reverse("policies_review", args=[waiting.pk]),
        {"revision": waiting.revision_id - 1, "outcome": "approve"},
        follow=True,
    )

    assert "changed since you opened it" in answer.content.decode()
    assert not PolicyPage.objects.get(pk=page.pk).live


def test_others_do_not_reach_the_review(client: Client, editor: User) -> None:
    waiting = submit(draft(author=editor), by=editor)
    client.force_login(PersonFactory.create(role=Role.PORTAL_ADMIN))

    answer = client.post(
        reverse("policies_review", args=[waiting.pk]),
        {"revision": waiting.revision_id, "outcome": "approve"},
    )

    waiting.refresh_from_db()
    assert answer.status_code in (302, 403)
    assert waiting.status == waiting.STATUS_IN_PROGRESS


def test_there_is_no_review_of_what_does_not_wait(client: Client, editor: User) -> None:
    client.force_login(editor)

    assert client.get(reverse("policies_review", args=[999_999])).status_code == 404


def test_wagtails_own_approve_button_asks_the_same_question(
    client: Client, editor: User, other_editor: User
) -> None:
    page = draft(author=editor)
    waiting = submit(page, by=editor)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waiting.pk])

    client.force_login(editor)
    client.post(url, {"comment": ""})
    assert not PolicyPage.objects.get(pk=page.pk).live

    client.force_login(other_editor)
    client.post(url, {"comment": ""})
    assert PolicyPage.objects.get(pk=page.pk).live


@pytest.fixture
def phones(editor: User, other_editor: User) -> PolicyPage:
    return published("Phones", author=editor, approver=other_editor)


def withdrawals(page: PolicyPage) -> list[str]:
    events = events_about("policy", str(page.pk)).filter(verb=Verb.POLICY_WITHDRAWN)
    return [event.actor_ref for event in events]


def test_an_ig_lead_withdraws_a_policy(client: Client, ig_lead: User, phones: PolicyPage) -> None:
    client.force_login(ig_lead)

    client.post(reverse("wagtailadmin_pages:unpublish", args=[phones.pk]))

    assert not PolicyPage.objects.get(pk=phones.pk).live
    assert withdrawals(phones) == [ig_lead.actor_ref]


def test_many_at_once_are_withdrawn_with_a_record_each(
    client: Client, ig_lead: User, phones: PolicyPage
) -> None:
    client.force_login(ig_lead)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    client.post(f"{url}?id={phones.pk}", {"include_descendants": ""})

    assert not PolicyPage.objects.get(pk=phones.pk).live
    assert withdrawals(phones) == [ig_lead.actor_ref]


def test_an_editor_does_not_withdraw(client: Client, editor: User, phones: PolicyPage) -> None:
    client.force_login(editor)

    client.post(reverse("wagtailadmin_pages:unpublish", args=[phones.pk]))

    assert PolicyPage.objects.get(pk=phones.pk).live
    assert withdrawals(phones) == []


@pytest.mark.parametrize("superuser", [False, True])
def test_a_policy_that_was_published_cannot_be_deleted(
    client: Client, ig_lead: User, phones: PolicyPage, superuser: bool
) -> None:
    ig_lead.is_superuser = superuser
    ig_lead.save()
    phones.unpublish(user=ig_lead)
    client.force_login(ig_lead)

    for page in (phones, policies_page()):
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert PolicyPage.objects.filter(pk=phones.pk).exists()


def test_a_draft_nobody_needs_may_be_deleted(client: Client, editor: User) -> None:
    page = draft(author=editor)
    client.force_login(editor)

    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not PolicyPage.objects.filter(pk=page.pk).exists()


def test_nobody_moves_or_reorders_policies(ig_lead: User, phones: PolicyPage) -> None:
    superuser = PersonFactory.create(is_superuser=True)

    for person in (ig_lead, superuser):
        assert not phones.permissions_for_user(person).can_move()
        assert not policies_page().permissions_for_user(person).can_reorder_children()
        assert not policies_page().permissions_for_user(person).can_delete()
        assert not policies_page().permissions_for_user(person).can_unpublish()


@pytest.mark.parametrize(
    ("block", "harmless"),
    [
        ({"text": "<script>alert(1)</script>", "entityRanges": []}, "&lt;script&gt;"),
        ({"text": "click", "entityRanges": [{"offset": 0, "length": 5, "key": 0}]}, "click"),
    ],
)
def test_the_editor_stores_no_script(block: dict[str, Any], harmless: str) -> None:
    sent = {
        "blocks": [{"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], **block}],
        "entityMap": {
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
        },
    }
    widget = CalloutBlock().child_blocks["text"].field.widget

    stored = widget.value_from_datadict({"text": json.dumps(sent)}, {}, "text")
    shown = expand_db_html(stored)

    assert harmless in shown
    assert "<script" not in shown
    assert "javascript:" not in shown
