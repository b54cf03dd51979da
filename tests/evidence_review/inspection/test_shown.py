"""What an inspector was shown is kept, and an IG lead can open it again."""

import hashlib
import json
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from evidence_review.inspection.actions.record_look import record_look
from evidence_review.inspection.kept_pages import NotAsKept, read_page
from evidence_review.inspection.models import InspectorAccess, InspectorSession, ShownPage
from evidence_review.inspection.pages import Asked
from evidence_review.inspection.sessions import digest_of, new_key
from evidence_review.inspection.traces import erase, places
from evidence_review.inspection.views.page import session_cookie
from evidence_review.inspection.views.sheets import page_now
from evidence_review.scanning.actions.recall import recall
from portal.frameworks.models import Requirement
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.people.traces import Subject
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import Clock, GiveAccess, page, text_of
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.scanning import doubles
from tests.factories import PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def living(settings: Settings, clock: Clock) -> Living:
    """People who do things, at a time that a test moves on."""
    settings.SCANNER = doubles.CLEAN
    return Living()


def inside(access: InspectorAccess) -> Client:
    """Return a browser in which the right code was just entered."""
    key = new_key()
    now = timezone.now()
    InspectorSession.objects.create(
        access=access, digest=digest_of(key), started_at=now, seen_at=now
    )
    browser = Client()
    browser.cookies[session_cookie()] = key
    return browser


def look(access: InspectorAccess, **asked: str) -> Any:
    answer = inside(access).get(page("summary", access), asked)
    assert answer.status_code == 200
    return answer


def looks() -> list[Event]:
    found = Event.objects.filter(verb=Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED)
    return list(found.order_by("seq"))


def again(person: User, access: InspectorAccess, event: Event, status: int = 200) -> Any:
    """Open what was shown as an IG lead."""
    browser = Client()
    browser.force_login(person)
    answer = browser.get(reverse("inspectors:shown", args=[access.public_id, event.seq]))
    assert answer.status_code == status
    return answer


def test_the_same_page_is_kept_once_by_its_sha256(
    living: Living, access: InspectorAccess, site: Site, requirement: Requirement
) -> None:
    living.approved("Fire drill", site, requirement)
    look(access)
    look(access)
    living.approved("Spot check", site, requirement)
    look(access)

    first, second, third = looks()
    assert first.sha256 == second.sha256 != third.sha256
    kept = ShownPage.objects.get(sha256=first.sha256)
    content = zlib.decompress(bytes(kept.content))
    assert hashlib.sha256(content).hexdigest() == first.sha256
    said = json.loads(content)
    assert json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == (
        content
    )
    assert ShownPage.objects.count() == 2


@pytest.mark.parametrize("query", [{}, {"view": "print"}, {"part": "test-edition:WL5"}])
def test_every_page_can_be_opened_again_exactly_as_it_was_shown(
    living: Living,
    access: InspectorAccess,
    ig_lead: User,
    site: Site,
    requirement: Requirement,
    clock: Clock,
    query: dict[str, str],
) -> None:
    version = living.approved("Fire drill", site, requirement)
    then = look(access, **query)
    clock.forward(hours=1)
    living.correct(version.evidence, title="Quite another title")
    recall(version.public_id, actor=living.lead, reason="It names a resident.")

    answer = again(ig_lead, access, looks()[0])

    for name in ("kind", "provider", "inspector", "chapters", "versions", "claims"):
        assert answer.context.get(name) == then.context.get(name)
    said = text_of(answer)
    assert "This is what Kim Park (demo) was shown on" in said
    assert "The record, asked today, gives the same evidence for that moment." in said
    assert "Fire drill" in said
    assert "Quite another title" not in said
    assert "/files/" not in answer.content.decode()


def test_a_page_that_the_record_does_not_bear_out_says_where(
    living: Living, access: InspectorAccess, ig_lead: User, site: Site, requirement: Requirement
) -> None:
    living.approved("Fire drill", site, requirement)
    living.approved("Spot check", site, requirement)
    made_up = page_now(access, Asked())
    assert made_up is not None
    facts = made_up[0].facts
    part = next(part for part in facts["chapters"][0]["parts"] if part["versions"])
    part["versions"][0]["evidence"]["title"] = "Never approved"
    del part["versions"][1]
    session = InspectorSession.objects.create(access=access, digest=digest_of(new_key()))
    event = record_look(session, "summary", facts, actor=access)

    said = text_of(again(ig_lead, access, event))

    assert "gives something else for that moment" in said
    assert "“Never approved”, version 1, was shown; by the record it was not" in said
    assert "“Fire drill”, version 1, was to be shown and was not." in said


def test_what_was_kept_is_never_rewritten_and_reading_it_would_tell(
    living: Living, access: InspectorAccess
) -> None:
    look(access)
    kept = ShownPage.objects.get()
    for change in ({"content": b"other"}, {"sha256": "0" * 64}, {"content": b""}):
        with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
            ShownPage.objects.update(**change)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        kept.delete()
    for content in (b"other", zlib.compress(b'{"page":{}}')):
        with pytest.raises(NotAsKept):
            read_page(ShownPage(sha256=kept.sha256, content=content))


def test_a_person_who_is_erased_is_erased_from_what_was_shown(
    living: Living, access: InspectorAccess, ig_lead: User, site: Site, requirement: Requirement
) -> None:
    living.approved("Fire drill", site, requirement)
    look(access)
    look(access, part="test-edition:WL5")
    person = living.uploader
    subject = Subject(
        person.record_ref, person.actor_ref, "", (person.get_full_name(),), "", "", person
    )

    assert [place.count for place in places(subject)] == [2]
    erase(subject)

    assert [place.count for place in places(subject)] == [0]
    said = text_of(again(ig_lead, access, looks()[0]))
    assert "This page cannot be shown again" in said
    assert "erased with the details of a person" in said


def test_only_those_who_manage_the_access_open_what_was_shown(
    living: Living, access: InspectorAccess, give_access: GiveAccess, ig_lead: User
) -> None:
    look(access)
    (event,) = looks()
    other_site = SiteFactory.create()
    elsewhere = PersonFactory.create(role=Role.IG_LEAD, site=other_site)
    other = give_access(sites=[other_site])

    again(elsewhere, access, event, status=404)
    again(ig_lead, other, event, status=404)
    granted = Event.objects.get(verb=Verb.INSPECTOR_ACCESS_GRANTED, object_ref=access.public_id)
    again(ig_lead, access, granted, status=404)


def test_an_inspector_sees_the_summary_as_it_was_without_its_files(
    living: Living, access: InspectorAccess, site: Site, requirement: Requirement, clock: Clock
) -> None:
    version = living.approved("Fire drill", site, requirement)
    gone = living.approved("Names a resident", site, requirement)
    asked = _a_minute_later(clock)
    clock.forward(hours=1)
    living.correct(version.evidence, title="Quite another title")
    recall(gone.public_id, actor=living.lead, reason="It names a resident.")
    clock.forward(minutes=1)

    answer = look(access, **asked)

    said = text_of(answer)
    assert "See it today." in said
    assert "Fire drill" in said
    assert "Quite another title" not in said
    assert "Names a resident" not in said
    assert "Not listed: 1 piece of evidence that the service has recalled since." in said
    assert "/files/" not in answer.content.decode()
    (event,) = looks()
    assert set(event.facts) == {"part", "past"}


def _a_minute_later(clock: Clock) -> dict[str, str]:
    when = timezone.localtime(clock.now + timedelta(minutes=1))
    return {"past": f"{when:%Y-%m-%d}", "at": f"{when:%H:%M}"}


def test_a_look_at_the_past_is_told_and_opened_again_as_such(
    living: Living, access: InspectorAccess, ig_lead: User, site: Site, requirement: Requirement,
    clock: Clock,
) -> None:  # fmt: skip
    version = living.approved("Fire drill", site, requirement)
    asked = _a_minute_later(clock)
    clock.forward(hours=1)
    living.correct(version.evidence, title="Quite another title")
    look(access, **asked)

    said = text_of(again(ig_lead, access, looks()[0]))

    assert "Fire drill" in said
    assert "gives the same evidence for that moment" in said


def test_an_inspector_looks_back_a_year_before_their_access_and_no_further(
    living: Living, give_access: GiveAccess, site: Site, requirement: Requirement, clock: Clock
) -> None:
    living.approved("Fire drill", site, requirement)
    early = _a_minute_later(clock)
    clock.forward(days=400)
    access = give_access(ends=clock.now + timedelta(days=14))

    said = text_of(look(access, **early))
    assert "You can look back to a year before your access began." in said
    assert "As it was on" not in said
    clock.forward(days=-200)
    when = f"{timezone.localtime(clock.now):%Y-%m-%d}"
    clock.forward(days=201)
    assert "As it was on" in text_of(look(access, past=when))


@pytest.mark.parametrize(
    "past", ["2999-01-01", "0001-01-01", "", "x", "2026-13-01", "2026-01-01\0", "2026-03-29"]
)
def test_what_is_no_time_to_look_at_shows_today_and_says_why(
    living: Living, access: InspectorAccess, past: str
) -> None:
    said = text_of(look(access, past=past, at="01:30"))
    assert "As it was on" not in said
    assert "See the past" in said


def test_an_ig_lead_sees_what_an_inspector_would_have_been_shown(
    living: Living, access: InspectorAccess, ig_lead: User, site: Site, requirement: Requirement,
    clock: Clock,
) -> None:  # fmt: skip
    version = living.approved("Fire drill", site, requirement)
    asked = _a_minute_later(clock)
    clock.forward(hours=1)
    living.correct(version.evidence, title="Quite another title")
    recall(version.public_id, actor=living.lead, reason="It names a resident.")
    browser = Client()
    browser.force_login(ig_lead)
    address = reverse("inspectors:past", args=[access.public_id])

    said = text_of(browser.get(address, asked))
    assert "As it was on" in said
    assert "Fire drill" in said
    assert "Sign out" not in said
    assert browser.get(address, asked | {"part": "no-such:part"}).status_code == 404
    assert "That time has not come yet." in text_of(browser.get(address, {"past": "2999-01-01"}))
    assert not looks()
