"""The nightly look finds a policy whose live words nobody approved."""

import pytest

from portal.people.models import User
from portal.policies.invariants import what_is_live_was_approved
from portal.policies.models import PolicyInForce, PolicyPage
from tests.portal.policies.making import draft, published, published_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(editor: User, other_editor: User) -> PolicyPage:
    page = published("Phones", author=editor, approver=other_editor)
    return published_again(page, author=editor, approver=other_editor, summary="Newer.")


def test_what_was_approved_is_in_order(page: PolicyPage, editor: User) -> None:
    draft("Not yet", author=editor)

    assert list(what_is_live_was_approved()) == []


def test_words_changed_behind_the_pages_back_are_found(page: PolicyPage) -> None:
    PolicyPage.objects.update(summary="Nobody approved this.")

    assert list(what_is_live_was_approved()) == [
        f"policy {page.pk} shows other words than its version 2"
    ]


def test_another_revision_and_none_at_all_are_found(page: PolicyPage) -> None:
    PolicyInForce.objects.update(version=page.versions.last())
    assert list(what_is_live_was_approved()) == [
        f"policy {page.pk} shows another revision than its version 1"
    ]

    PolicyInForce.objects.all().delete()
    assert list(what_is_live_was_approved()) == [f"policy {page.pk} is live without a version"]
