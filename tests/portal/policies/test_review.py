"""What the reviewer has before them: the text, what changed in it, and whom it will reach."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.people.models import User
from portal.people.roles import Role
from tests.factories import SiteFactory
from tests.portal.policies.making import draft, published, save_draft, submit
from tests.portal.policies.quiz import QUIZ

pytestmark = pytest.mark.django_db


def test_the_reviewer_sees_what_changed_and_whom_it_will_reach(
    client: Client, editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor, summary="In a locker.")
    page.summary, page.change, page.change_note = "In a drawer.", "minor", "It is nearer."
    page.for_roles, page.quiz = [Role.STAFF], QUIZ
    page.for_sites = [SiteFactory.create(name="Rowan House")]
    save_draft(page, author=editor)
    waiting = submit(page, by=editor)
    client.force_login(other_editor)

    screen = client.get(reverse("policies_review", args=[waiting.pk])).content.decode()

    for words in (
        "What changed since version 1",
        "<del>locker.</del>",
        "<ins>drawer.</ins>",
        "A minor change: earlier confirmations stand",
        "It is nearer.",
        "Staff, Rowan House",
        "Yes, within 14 days",
        "Where is it?",
        "<strong>(right)</strong>",
    ):
        assert words in screen


def test_a_first_version_has_nothing_to_compare_with(
    client: Client, editor: User, other_editor: User
) -> None:
    waiting = submit(draft(author=editor), by=editor)
    client.force_login(other_editor)

    screen = client.get(reverse("policies_review", args=[waiting.pk])).content.decode()

    assert "What changed since" not in screen
    assert "Everybody, at every site" in screen
