"""What the editor's form offers, what it asks, and in which words it refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.models import User
from portal.policies.editor import RESERVED_SLUGS, next_review
from portal.policies.models import PolicyPage
from tests.factories import PersonFactory
from tests.portal.policies.forms import add_url, edit_url, form_of
from tests.portal.policies.making import draft, published

pytestmark = pytest.mark.django_db


def submitted(client: Client, url: str, form: dict[str, Any]) -> str:
    """Return what the editor sees after the button to submit."""
    return client.post(url, form | {"action-submit": "1"}, follow=True).content.decode()


def waits(page: PolicyPage) -> bool:
    return bool(PolicyPage.objects.get(pk=page.pk).workflow_in_progress)


def test_a_new_policy_is_offered_a_review_in_a_year_and_the_people_who_work_here(
    client: Client, editor: User
) -> None:
    gone = PersonFactory.create(first_name="Gone", is_active=False)
    client.force_login(editor)

    screen = client.get(add_url()).content.decode()

    assert f'value="{next_review(12).isoformat()}"' in screen
    assert editor.actor_label in screen
    assert str(gone) not in screen
    for tab in ("Text", "Who and when", "Questions", "Review", "What it supports"):
        assert tab in screen


@pytest.mark.parametrize(
    ("today", "months", "day"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_the_next_review_is_so_many_months_on(today: date, months: int, day: date) -> None:
    assert next_review(months, today) == day


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_the_address_of_another_page_is_refused(client: Client, editor: User, slug: str) -> None:
    client.force_login(editor)

    answer = client.post(add_url(), form_of(editor, slug=slug)).content.decode()

    assert f"“{slug}” is the address of another page." in answer
    assert not PolicyPage.objects.exists()


def test_an_owner_who_left_is_refused(client: Client, editor: User) -> None:
    client.force_login(editor)
    gone = PersonFactory.create(is_active=False)

    answer = client.post(add_url(), form_of(gone)).content.decode()

    assert "This person does not work here any more." in answer


def test_a_review_in_the_past_is_refused_when_submitted_and_kept_in_a_draft(
    client: Client, editor: User
) -> None:
    page = draft(author=editor)
    client.force_login(editor)
    past = form_of(
        PersonFactory.create(),
        review_date=(timezone.localdate() - timedelta(days=1)).isoformat(),
        slug=page.slug,
    )

    answer = submitted(client, edit_url(page), past)
    assert "This day has passed. You are looking at the policy now" in answer
    assert not waits(page)

    client.post(edit_url(page), past)
    kept = PolicyPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert kept.review_date < timezone.localdate()


def test_a_change_to_a_published_policy_says_what_changed(
    client: Client, editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor, change_note="The first one.")
    client.force_login(editor)
    owner = page.policy_owner

    for note in ("", "The first one."):
        form = form_of(owner, slug=page.slug, change_note=note)
        answer = submitted(client, edit_url(page), form)
        assert "Say in one sentence what changed" in answer
        assert not waits(page)

    submitted(client, edit_url(page), form_of(owner, slug=page.slug, change_note="A new rule."))
    assert waits(page)


def test_the_note_of_the_last_version_is_not_offered_for_the_next(
    client: Client, editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor, change_note="The first one.")
    client.force_login(editor)

    assert "The first one." not in client.get(edit_url(page)).content.decode()
