"""Jobs that are killed, delivered twice, stopped, or run out of disk."""

import errno
from collections.abc import Callable
from datetime import timedelta
from typing import BinaryIO

import pytest
from django.utils import timezone

from evidence_review.packs import making, tidying
from evidence_review.packs.actions.claim_pack import (
    LEASE,
    MOST_ATTEMPTS,
    Busy,
    ClaimLost,
    claim_pack,
    show_progress,
)
from evidence_review.packs.actions.fail_pack import stop_pack, try_again
from evidence_review.packs.actions.request_pack import request_pack
from evidence_review.packs.models import Pack
from evidence_review.packs.scopes import Choice
from evidence_review.packs.states import PackState, PackStepRefused, PackVerb
from evidence_review.packs.storage import packs_storage, unfinished_folder
from portal.frameworks.models import Requirement
from portal.people.answers import NotPermitted
from portal.people.models import Site
from portal.people.roles import Role
from tests.evidence_review.inspection.conftest import Clock
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import Seal
from tests.factories import PersonFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
Ask = Callable[[], Pack]


@pytest.fixture
def ask(living: Living, evidence: None, requirement: Requirement) -> Ask:
    """Ask for a pack."""
    return lambda: request_pack(Choice(editions=[requirement.edition]), actor=living.lead)


def fresh(pack: Pack) -> Pack:
    pack.refresh_from_db()
    return pack


@pytest.fixture
def settled(ask: Ask, seal: Seal, run_jobs: RunJobs) -> Pack:
    """A pack that waits for its seal."""
    pack = ask()
    run_jobs()
    return fresh(pack)


def test_a_pack_waits_for_the_seal_and_gives_up_after_an_hour(
    settled: Pack, run_jobs: RunJobs, clock: Clock
) -> None:
    assert settled.state == PackState.SEALING
    clock.forward(minutes=59)
    making.make_file(settled.public_id)
    assert fresh(settled).state == PackState.SEALING

    clock.forward(minutes=2)
    making.make_file(settled.public_id)

    assert fresh(settled).state == PackState.FAILED
    assert "Nothing was sealed for an hour" in settled.problem


def test_without_a_sealer_a_pack_says_that_nothing_could_be_proven(
    ask: Ask, run_jobs: RunJobs
) -> None:
    pack = ask()
    run_jobs()
    assert fresh(pack).state == PackState.FAILED
    assert "The record was never sealed" in pack.problem


def test_one_job_at_a_time_works_on_packs(ask: Ask) -> None:
    first, second = ask(), ask()
    claim = claim_pack(first.public_id, PackVerb.LIST)
    assert claim
    assert claim_pack(first.public_id, PackVerb.LIST) is None
    with pytest.raises(Busy):
        claim_pack(second.public_id, PackVerb.LIST)


def test_a_claim_without_a_sign_of_life_is_taken_over_and_the_first_job_notices(
    ask: Ask, clock: Clock
) -> None:
    pack = ask()
    lost = claim_pack(pack.public_id, PackVerb.LIST)
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert claim_pack(pack.public_id, PackVerb.LIST)
    assert lost
    with pytest.raises(ClaimLost):
        show_progress(lost, 1)


def test_a_job_that_is_killed_is_taken_up_by_the_sweep(
    settled: Pack, seal: Seal, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    seal()

    class Killed(BaseException):
        pass

    def kill(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(making, "keep_file", kill)
        patch.setattr(making, "release", lambda claim: None)
        with pytest.raises(Killed):
            making.make_file(settled.public_id)
    (unfinished_folder() / f"{settled.public_id}.other").write_bytes(b"left behind")
    assert fresh(settled).state == PackState.PACKING

    clock.forward(seconds=LEASE.total_seconds() + 61)
    tidying.take_up_what_was_left()
    run_jobs()

    assert fresh(settled).state == PackState.READY
    assert list(unfinished_folder().iterdir()) == []


def test_work_that_dies_again_and_again_is_given_up_in_words(
    ask: Ask, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = ask()

    def die(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(making, "contents_of", die)
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(MemoryError):
                making.settle_contents(pack.public_id)
    making.settle_contents(pack.public_id)

    assert fresh(pack).state == PackState.FAILED
    assert "broken off several times" in pack.problem


def test_a_full_disk_is_said_in_words_and_can_be_tried_again(
    settled: Pack, seal: Seal, run_jobs: RunJobs, living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal()

    def full(pack: Pack, out: BinaryIO, **_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(making, "write_pack", full)
        making.make_file(settled.public_id)
    assert fresh(settled).state == PackState.FAILED
    assert "The disk is full" in settled.problem
    assert list(unfinished_folder().iterdir()) == []

    try_again(settled, actor=living.lead)
    run_jobs()
    assert (fresh(settled).state, settled.problem) == (PackState.READY, "")


def test_a_disk_without_room_is_noticed_before_anything_is_written(
    settled: Pack, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal()
    monkeypatch.setattr(making, "_SPARE", 2**60)
    making.make_file(settled.public_id)
    assert "and the pack needs" in fresh(settled).problem


def test_a_pack_that_is_stopped_is_not_made(
    settled: Pack, seal: Seal, living: Living, run_jobs: RunJobs
) -> None:
    seal()
    claim = claim_pack(settled.public_id, PackVerb.PACK)
    stop_pack(settled, actor=living.lead)
    assert claim
    with pytest.raises(ClaimLost):
        show_progress(claim, 1)
    run_jobs(planned_until=timezone.now() + timedelta(seconds=9))
    assert fresh(settled).state == PackState.CANCELLED
    assert not packs_storage().exists(settled.stored_name)
    with pytest.raises(PackStepRefused):
        stop_pack(settled, actor=living.lead)


def test_only_who_leads_the_sites_may_stop_or_try_again(settled: Pack, other_site: Site) -> None:
    stranger = PersonFactory.create(role=Role.IG_LEAD, site=other_site)
    with pytest.raises(NotPermitted):
        stop_pack(settled, actor=stranger)
    with pytest.raises(NotPermitted):
        try_again(settled, actor=stranger)
