"""Two things at the same moment: one wins, the other is told, nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from evidence_review.inspection.actions.open_session import CodeRefused, Opened, open_session
from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.actions.send_code import Asker, send_code
from evidence_review.inspection.codes import MOST_WRONG_TRIES, code_of
from evidence_review.inspection.models import InspectorAccess, InspectorCode, InspectorSession
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.record.models import Event
from portal.record.verbs import Verb

pytestmark = pytest.mark.django_db(transaction=True)
ASKER = Asker(browser_key=None, address="203.0.113.7")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do things in threads that start together; return what each gave or was refused with."""
    together = Barrier(len(acts))

    def attempt(act: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=10)
            return act()
        except NotPermitted as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(attempt, act) for act in acts]]


def test_a_code_entered_twice_at_once_opens_one_session(access: InspectorAccess) -> None:
    key = send_code(access, ASKER, actor=access)
    code = code_of(InspectorCode.objects.get())

    def enter() -> Opened | CodeRefused:
        return open_session(access, code, browser_key=key, actor=access)

    results = at_once(enter, enter, enter)
    assert sorted(type(result).__name__ for result in results) == [
        "CodeRefused",
        "CodeRefused",
        "Opened",
    ]
    assert InspectorSession.objects.count() == 1
    assert Event.objects.filter(verb=Verb.INSPECTOR_ACCESS_OPENED).count() == 1


def test_wrong_tries_at_once_are_all_counted(access: InspectorAccess) -> None:
    key = send_code(access, ASKER, actor=access)
    wrong = f"{(int(code_of(InspectorCode.objects.get())) + 1) % 10**8:08d}"

    def guess() -> Opened | CodeRefused:
        return open_session(access, wrong, browser_key=key, actor=access)

    at_once(*[guess] * 8)
    assert InspectorCode.objects.get().wrong_tries == MOST_WRONG_TRIES
    refused = Event.objects.filter(verb=Verb.INSPECTOR_ACCESS_CODE_REFUSED)
    assert refused.count() == MOST_WRONG_TRIES


def test_codes_asked_for_at_once_are_one_code(access: InspectorAccess) -> None:
    def ask() -> str:
        return send_code(access, ASKER, actor=access)

    results = at_once(ask, ask, ask)
    assert len([result for result in results if isinstance(result, NotPermitted)]) == 2
    assert InspectorCode.objects.count() == 1


def test_two_ig_leads_revoking_at_once_leave_one_event(
    access: InspectorAccess, ig_lead: User
) -> None:
    def end() -> InspectorAccess:
        return revoke_access(access, actor=ig_lead)

    at_once(end, end)
    assert Event.objects.filter(verb=Verb.INSPECTOR_ACCESS_REVOKED).count() == 1
