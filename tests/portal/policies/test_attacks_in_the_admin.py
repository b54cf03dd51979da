"""A superuser who wrote a policy, at every button and address of the admin: nothing is out."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    TaskState,
)

from portal.people.models import User
from tests.portal.policies.making import (
    anything_new_is_live,
    draft,
    policies_page,
    published,
    published_again,
    submit,
)

pytestmark = pytest.mark.django_db


def by_disabling_the_task(client: Client, waiting: TaskState) -> None:
    client.post(reverse("wagtailadmin_workflows:disable_task", args=[waiting.task_id]))


def by_disabling_the_workflow(client: Client, waiting: TaskState) -> None:
    client.post(
        reverse("wagtailadmin_workflows:disable", args=[waiting.workflow_state.workflow_id])
    )


def by_removing_the_workflow(client: Client, waiting: TaskState) -> None:
    client.post(reverse("wagtailadmin_workflows:remove", args=[policies_page().pk]))


def by_the_bulk_action(client: Client, waiting: TaskState) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={waiting.revision.object_id}", {"include_descendants": "on"})
    client.post(f"{url}?id={policies_page().pk}", {"include_descendants": "on"})


def by_the_admins_api(client: Client, waiting: TaskState) -> None:
    for action in ("publish", "create_alias", "copy"):
        client.post(
            reverse("wagtailadmin_api:pages:action", args=[waiting.revision.object_id, action]),
            {"destination_page_id": policies_page().pk, "recursive": False, "keep_live": True},
            content_type="application/json",
        )


def by_copying_it_live(client: Client, waiting: TaskState) -> None:
    parent = policies_page().pk
    client.post(
        reverse("wagtailadmin_pages:copy", args=[waiting.revision.object_id]),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": parent,
            "publish_copies": "on",
            "alias": "on",
        },
    )


def by_approving_as_they_are(client: Client, waiting: TaskState) -> None:
    url = "wagtailadmin_pages:workflow_action"
    client.post(reverse(url, args=[waiting.revision.object_id, "approve", waiting.pk]))
    client.post(
        reverse("policies_review", args=[waiting.pk]),
        {"revision": waiting.revision_id, "outcome": "approve"},
    )


@pytest.mark.parametrize(
    "attack",
    [
        by_disabling_the_task,
        by_disabling_the_workflow,
        by_removing_the_workflow,
        by_the_bulk_action,
        by_the_admins_api,
        by_copying_it_live,
        by_approving_as_they_are,
    ],
)
def test_nothing_in_the_admin_publishes_for_a_superuser_who_wrote_it(
    client: Client, superuser: User, attack: Callable[[Client, TaskState], None]
) -> None:
    waiting = submit(page := draft(author=superuser), by=superuser)
    client.force_login(superuser)

    attack(client, waiting)

    assert not anything_new_is_live(page)


def test_reverting_to_an_older_text_is_a_draft_that_needs_approval(
    client: Client, editor: User, other_editor: User
) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    first = page.live_revision
    page = published_again(page, author=editor, approver=other_editor, summary="Newer.")
    client.force_login(editor)

    client.post(
        reverse("wagtailadmin_api:pages:action", args=[page.pk, "revert_to_page_revision"]),
        {"revision_id": first.pk},
        content_type="application/json",
    )

    page.refresh_from_db()
    assert page.summary == "Newer."
    assert page.versions.count() == 2
