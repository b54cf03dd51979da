"""What an inspector can do with packs, and until when."""

import time
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence_review.evidence import delivery
from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.models import InspectorAccess
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import MOST_FOR_INSPECTOR
from evidence_review.packs.states import PackState
from evidence_review.packs.storage import open_file
from portal.frameworks.models import Requirement
from portal.people.models import Site
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import Enter, page, text_of
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import MakePack, Seal
from tests.evidence_review.packs.test_making import members
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db


def address(name: str, access: InspectorAccess, *more: str) -> str:
    return reverse(f"inspectors_packs:{name}", args=[access.link_key, *more])


@pytest.fixture
def ready(
    access: InspectorAccess,
    enter: Enter,
    evidence: None,
    living: Living,
    other_site: Site,
    requirement: Requirement,
    seal: Seal,
    run_jobs: RunJobs,
) -> tuple[Client, Pack]:
    """An inspector who is in and whose pack is ready."""
    living.approved("Of another site", other_site, requirement)
    browser = enter(access)
    browser.post(address("ask", access))
    run_jobs()
    seal()
    run_jobs(planned_until=timezone.now() + timedelta(seconds=9))
    return browser, Pack.objects.get()


def test_an_inspectors_pack_is_exactly_their_scope(ready: tuple[Client, Pack]) -> None:
    _, pack = ready
    assert (pack.state, pack.requested_by, pack.pieces) == (PackState.READY, None, 2)
    names = [name for name in members(pack) if name.startswith("evidence/")]
    assert not any("Of another site" in name for name in names)


def test_they_download_it_in_one_piece_or_several_and_it_is_written_down(
    ready: tuple[Client, Pack], access: InspectorAccess
) -> None:
    browser, pack = ready
    shown = browser.get(address("packs", access))
    assert "Download the pack" in text_of(shown)

    whole = browser.get(address("download", access, pack.public_id))
    part = browser.get(
        address("download", access, pack.public_id), headers={"range": "bytes=10-19"}
    )

    with open_file(pack.stored_name) as stored:
        content = stored.read()
    assert b"".join(whole) == content
    assert (part.status_code, b"".join(part)) == (206, content[10:20])
    assert whole.headers["Cache-Control"] == "no-store"
    events = Event.objects.filter(verb=Verb.INSPECTOR_ACCESS_PACK_DOWNLOADED)
    assert {event.sha256 for event in events} == {pack.sha256}
    assert events[0].actor_ref == access.actor_ref


def test_a_download_breaks_off_when_the_access_is_ended(
    ready: tuple[Client, Pack], access: InspectorAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, pack = ready
    monkeypatch.setattr(delivery, "PIECE", 1000)
    monkeypatch.setattr(time, "monotonic", count(step=10).__next__)
    answer = browser.get(address("download", access, pack.public_id))
    pieces = iter(answer)
    next(pieces)

    revoke_access(access, actor=access.granted_by)

    with pytest.raises(ConnectionAbortedError):
        list(pieces)


def test_without_an_open_session_there_is_nothing(
    ready: tuple[Client, Pack], access: InspectorAccess
) -> None:
    browser, pack = ready
    stranger = Client()
    for client in (stranger, browser):
        answers = [
            client.get(address("packs", access)),
            client.post(address("ask", access)),
            client.get(address("download", access, pack.public_id)),
        ]
        expected = [302, 302, 302] if client is stranger else [404, 404, 404]
        assert [answer.status_code for answer in answers] == expected
        if client is stranger:
            revoke_access(access, actor=access.granted_by)
    assert Pack.objects.count() == 1


def test_the_pack_of_another_access_is_not_theirs(
    ready: tuple[Client, Pack], access: InspectorAccess, make_pack: MakePack
) -> None:
    browser, _ = ready
    own = make_pack()
    for name in (own.public_id, "no-such-pack", "x" * 60):
        assert browser.get(address("download", access, name)).status_code == 404


def test_only_a_few_packs_a_day_and_one_at_a_time(
    access: InspectorAccess, enter: Enter, evidence: None
) -> None:
    browser = enter(access)
    for _ in range(2):
        browser.post(address("ask", access))
    assert Pack.objects.count() == 1
    assert "Look again now" in text_of(browser.get(address("packs", access)))

    for _ in range(MOST_FOR_INSPECTOR + 1):
        Pack.objects.update(state=PackState.FAILED, problem="“A title of theirs” is away.")
        browser.post(address("ask", access))
    Pack.objects.update(state=PackState.FAILED, problem="“A title of theirs” is away.")

    assert Pack.objects.count() == MOST_FOR_INSPECTOR
    said = text_of(browser.get(address("packs", access)))
    assert "You have asked for 3 packs within a day" in said
    assert "The care provider can see why" in said
    assert "A title of theirs" not in said


def test_the_summary_leads_to_the_pack(access: InspectorAccess, enter: Enter) -> None:
    browser = enter(access)
    said = browser.get(page("summary", access)).content.decode()
    assert address("packs", access) in said
