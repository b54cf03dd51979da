"""The screens of the checks: what was found, and asking for a look now."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.people.models import User
from portal.people.roles import Role
from portal.record.checking import begin_check
from portal.record.models import CheckRun, RecordCheck
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/record/checks/"


@pytest.fixture
def lead(client: Client) -> User:
    """Return an IG lead whose browser is ``client``."""
    lead = PersonFactory(role=Role.IG_LEAD)
    client.force_login(lead)
    return lead


def found(lead: User, *sentences: str) -> RecordCheck:
    """Keep a check that found these differences."""
    event = record(Verb.RECORD_CHECKED, ObjectRef("record", "all"), actor=lead)
    about = {"name": "I6", "about": "Events are numbered.", "seconds": 0.1}
    return RecordCheck.objects.create(
        event=event,
        started_at=timezone.now(),
        ended_at=timezone.now(),
        is_ok=not sentences,
        counts=[about | {"differences": len(sentences)}],
        difference_count=len(sentences),
        differences=[["I6", sentence] for sentence in sentences],
    )


def page(client: Client, url: str = LIST) -> str:
    """Return the text of a page."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_first_check_the_page_says_when_it_comes(client: Client, lead: User) -> None:
    text = page(client)
    assert "Nothing was checked yet." in text
    assert "Check now" in text


def test_checking_now_begins_one_look_and_says_how_far_it_is(client: Client, lead: User) -> None:
    for _ in range(2):
        assert client.post(LIST).status_code == 302
    run = CheckRun.objects.get()
    assert (run.asked_by, run.asked_by_label) == (lead.actor_ref, lead.actor_label)
    text = page(client)
    assert f"0 of {len(run.names)} parts are done" in text
    assert "Check now" not in text


def test_a_check_says_what_was_made_sure_of_and_what_differs(client: Client, lead: User) -> None:
    well, broken = found(lead), found(lead, "event 7: its <b>bytes</b> are not those")
    assert "Everything agreed" in page(client, f"{LIST}{well.pk}/")
    text = page(client, f"{LIST}{broken.pk}/")
    assert "1 difference found." in text
    assert "event 7: its &lt;b&gt;bytes&lt;/b&gt; are not those" in text
    listed = page(client)
    assert "All well" in listed
    assert "1 difference" in listed
    assert lead.actor_label in listed


def test_a_check_that_is_not_there_is_not_found(client: Client, lead: User) -> None:
    assert client.get(f"{LIST}999/").status_code == 404


def test_a_long_list_is_paged_and_costs_the_same(
    client: Client, lead: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(60):
        found(lead)
    begin_check(actor=lead)
    with django_assert_max_num_queries(25):
        assert "Page 1 of 2" in page(client)
    assert "Page 2 of 2" in page(client, f"{LIST}?p=2")
    assert "Page 1 of 2" in page(client, f"{LIST}?p=abc")
