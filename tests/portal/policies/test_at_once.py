"""Two people approve at the same moment: it is published once, and the second is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from wagtail.models import TaskState

from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.policies.actions.decide_on_policy import decide_on_policy
from portal.policies.models import PolicyPage, PolicyVersion
from tests.portal.policies.making import draft, submit

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(waiting: TaskState, *people: User) -> list[Any]:
    """Approve in threads that start together; return each answer or what was raised."""
    together = Barrier(len(people))

    def attempt(person: User) -> Any:
        try:
            together.wait(timeout=10)
            return decide_on_policy(
                waiting, actor=person, approve=True, revision_seen=waiting.revision_id
            )
        except NotPermitted as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return [future.result() for future in [pool.submit(attempt, each) for each in people]]


def test_of_two_approvals_at_once_one_publishes(
    editor: User, other_editor: User, ig_lead: User
) -> None:
    waiting = submit(page := draft(author=editor), by=editor)

    answers = at_once(waiting, other_editor, ig_lead)

    told = [answer for answer in answers if isinstance(answer, NotPermitted)]
    assert [refused.reason for refused in told] == ["Somebody has already decided on this policy."]
    assert PolicyPage.objects.get(pk=page.pk).live
    assert PolicyVersion.objects.count() == 1
