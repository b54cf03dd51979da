"""The same pack has the same bytes, whenever it is made; and says so when it cannot."""

import io
from datetime import timedelta

import pytest

from evidence_review.evidence.storage import byte_store
from evidence_review.packs import tidying
from evidence_review.packs.actions.fail_pack import try_again
from evidence_review.packs.models import Pack
from evidence_review.packs.states import PackState
from evidence_review.packs.storage import open_file, packs_storage, unfinished_folder
from evidence_review.packs.writing import write_pack
from portal.frameworks.models import Requirement
from portal.people.models import Site
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import MakePack, Seal
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db


def bytes_of(pack: Pack) -> bytes:
    with open_file(pack.stored_name) as stored:
        return stored.read()


@pytest.fixture
def removed(make_pack: MakePack, evidence: None, monkeypatch: pytest.MonkeyPatch) -> Pack:
    """A pack whose file was removed after its two weeks; ``kept`` is what it was."""
    pack = make_pack()
    pack.kept = bytes_of(pack)  # type: ignore[attr-defined]  # carried to the test
    monkeypatch.setattr(tidying, "KEPT_FOR", timedelta(0))
    tidying.remove_old_files()
    pack.refresh_from_db()
    return pack


def test_after_two_weeks_the_file_goes_and_the_record_says_so(removed: Pack) -> None:
    assert (removed.state, removed.file_removed_at is not None) == (PackState.REMOVED, True)
    assert not packs_storage().exists(removed.stored_name)
    event = Event.objects.get(verb=Verb.PACK_REMOVED)
    assert (event.object_ref, event.sha256) == (removed.public_id, removed.sha256)


def test_made_again_a_pack_is_the_same_byte_for_byte(
    removed: Pack,
    living: Living,
    site: Site,
    requirement: Requirement,
    seal: Seal,
    run_jobs: RunJobs,
) -> None:
    version = living.approved("Approved later", site, requirement)
    living.correct(version.evidence, title="Called otherwise")
    first = Event.objects.filter(verb=Verb.VERSION_APPROVED).order_by("seq")[0]
    living.correct(
        type(version.evidence).objects.get(public_id=first.object_ref), title="Renamed since"
    )
    seal()

    try_again(removed, actor=living.lead)
    run_jobs()

    removed.refresh_from_db()
    assert (removed.problem, removed.state) == ("", PackState.READY)
    assert bytes_of(removed) == removed.kept  # type: ignore[attr-defined]  # from the fixture


def test_what_does_not_come_out_the_same_is_refused_with_the_reasons(
    removed: Pack, living: Living, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence_review.packs.writing.verifier", lambda name: b"a newer release")

    try_again(removed, actor=living.lead)
    run_jobs()

    removed.refresh_from_db()
    assert removed.state == PackState.FAILED
    assert "details were erased, a file was disposed of, or the portal was given" in removed.problem
    assert not removed.is_alarm


def test_a_later_pack_leads_on_from_the_checkpoint_of_an_earlier_one(
    make_pack: MakePack, evidence: None, living: Living, site: Site, requirement: Requirement
) -> None:
    first = make_pack()
    living.approved("Approved later", site, requirement)
    second = make_pack()
    third = make_pack()

    assert first.seal
    assert second.seal
    assert (first.earlier, second.earlier) == ([], [first.seal.size])
    assert third.earlier == [first.seal.size, second.seal.size]
    assert f"record/earlier/{first.seal.size}.json".encode() in bytes_of(second)


def test_a_file_that_is_not_as_approved_stops_the_pack_with_an_alarm(
    living: Living, evidence: None, make_pack: MakePack, site: Site, requirement: Requirement
) -> None:
    version = living.approved("Changed on the disk", site, requirement)
    path = byte_store()._path(version.sha256)  # type: ignore[attr-defined]  # as an intruder would
    path.chmod(0o600)
    path.write_bytes(b"x" * version.size)

    pack = make_pack()

    assert (pack.state, pack.is_alarm) == (PackState.FAILED, True)
    assert "“Changed on the disk”, version 1, is not the one that was approved" in pack.problem
    assert not packs_storage().exists(pack.stored_name)
    event = Event.objects.get(verb=Verb.PACK_FAILED)
    assert event.data["facts"] == {"alarm": 1}
    assert list(unfinished_folder().iterdir()) == []


def test_a_quarantined_file_stops_the_pack_and_says_what_to_do(
    living: Living, evidence: None, make_pack: MakePack, site: Site, requirement: Requirement
) -> None:
    version = living.approved("Found later", site, requirement)
    byte_store().quarantine(version.sha256)

    pack = make_pack()

    assert (pack.state, pack.is_alarm) == (PackState.FAILED, False)
    assert "A virus was found in the file of “Found later”, version 1, since" in pack.problem


def test_write_pack_alone_writes_the_same(make_pack: MakePack, evidence: None) -> None:
    pack = make_pack()
    out = io.BytesIO()

    write_pack(pack, out)

    assert out.getvalue() == bytes_of(pack)
