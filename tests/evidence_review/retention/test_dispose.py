"""Disposing of a version: what goes, what stays, who may, what stands in the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.evidence.gone import FileGone, refuse_if_gone
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.reasons import ReasonNotAccepted
from evidence_review.evidence.states import DISPOSABLE, TransitionRefused, VersionState
from evidence_review.evidence.storage import byte_store
from evidence_review.extraction.models import ExtractedText, PagePictures
from evidence_review.retention.actions.discard_bytes import discard_bytes, sweep_discards
from evidence_review.retention.actions.dispose import dispose
from evidence_review.retention.actions.lift_hold import lift_hold
from evidence_review.retention.actions.place_hold import place_hold
from evidence_review.retention.conflicts import NoRule, Offered, OnHold, StillKept
from evidence_review.retention.models import Disposal, RetentionRule
from evidence_review.scanning.models import Verdict
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyDownload
from portal.record.invariants import find_broken
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.broken import broken_but_for_factories
from tests.evidence_review.retention.conftest import grow_old, out_of_use, put_in_the_record
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    SiteFactory,
    VersionFactory,
    confirmed_rule,
    keep,
)
from tests.fixtures.jobs import RunJobs
from tests.portal.policies.making import published

pytestmark = pytest.mark.django_db
WHY = "Its period is over."


def state_of(version: EvidenceVersion) -> str:
    version.refresh_from_db()
    return version.state


def test_the_bytes_go_and_the_row_the_history_and_a_certificate_stay(
    lead: User, run_jobs: RunJobs
) -> None:
    version = out_of_use()
    ExtractedText.objects.create(sha256=version.sha256, extension="pdf", made_by="1", text="x")
    PagePictures.objects.create(sha256=version.sha256, extension="pdf", made_by="1")

    disposal = dispose(version.public_id, actor=lead, reason=WHY)
    assert byte_store().exists(version.sha256), "not before the commit"
    run_jobs()

    assert state_of(version) == VersionState.DISPOSED
    assert not byte_store().exists(version.sha256)
    assert not ExtractedText.objects.exists()
    assert not PagePictures.objects.exists()
    assert (disposal.sha256, disposal.size, disposal.kind) == (
        version.sha256,
        version.size,
        "Document",
    )
    assert disposal.was_approved
    assert disposal.kept_until < disposal.day
    assert (disposal.reason, disposal.disposed_by) == (WHY, lead)
    event = Event.objects.get(verb=Verb.VERSION_DISPOSED)
    assert (event.before, event.after, event.sha256) == ("superseded", "disposed", version.sha256)
    assert event.facts["kept_until"] == disposal.kept_until.isoformat()
    assert event.detail_data["reason"] == WHY


def test_nothing_is_broken_after_a_disposal(lead: User, run_jobs: RunJobs) -> None:
    version = out_of_use(VersionState.WITHDRAWN)
    dispose(version.public_id, actor=lead, reason=WHY)
    run_jobs()
    assert broken_but_for_factories() == []


@pytest.mark.parametrize("state", sorted(DISPOSABLE))
def test_everything_that_is_out_of_use_may_go(
    lead: User, state: VersionState, run_jobs: RunJobs
) -> None:
    version = out_of_use(state)
    if state in {VersionState.INFECTED, VersionState.RECALLED}:
        byte_store().quarantine(version.sha256)
        grow_old(version.sha256)
    dispose(version.public_id, actor=lead, reason=WHY)
    run_jobs()
    assert state_of(version) == VersionState.DISPOSED
    assert not byte_store().exists(version.sha256)
    assert not byte_store().in_quarantine(version.sha256)


@pytest.mark.parametrize("state", sorted(set(VersionState) - DISPOSABLE))
def test_what_is_in_use_or_gone_is_never_disposed_of(lead: User, state: VersionState) -> None:
    version = VersionFactory(state=state)
    confirmed_rule(version.evidence.type)
    before = Event.objects.count()
    with pytest.raises(TransitionRefused):
        dispose(version.public_id, actor=lead, reason=WHY)
    assert Event.objects.count() == before


def test_nobody_disposes_of_what_they_uploaded(lead: User) -> None:
    version = out_of_use(uploaded_by=lead)
    with pytest.raises(NotPermitted, match="You uploaded this file"):
        dispose(version.public_id, actor=lead, reason=WHY)


def test_nobody_disposes_after_changing_what_the_period_is_counted_from(lead: User) -> None:
    version = out_of_use()
    version.evidence._history_user = lead
    version.evidence.save()
    with pytest.raises(NotPermitted, match="You changed the details"):
        dispose(version.public_id, actor=lead, reason=WHY)
    dispose(version.public_id, actor=PersonFactory(role=Role.IG_LEAD), reason=WHY)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.IG_LEAD])
def test_no_other_role_disposes(role: Role) -> None:
    version = out_of_use()
    with pytest.raises(NotPermitted, match="Only an IG lead of the whole organisation"):
        dispose(version.public_id, actor=PersonFactory(role=role), reason=WHY)


def test_an_ig_lead_of_one_site_does_not_dispose() -> None:
    version = out_of_use()
    of_the_site = PersonFactory(role=Role.IG_LEAD, site=version.evidence.site)
    with pytest.raises(NotPermitted):
        dispose(version.public_id, actor=of_the_site, reason=WHY)


def test_there_must_be_a_reason(lead: User) -> None:
    with pytest.raises(ReasonNotAccepted, match="Enter a reason to dispose of this file"):
        dispose(out_of_use().public_id, actor=lead, reason=" ")


def test_a_rule_that_nobody_confirmed_disposes_of_nothing(lead: User) -> None:
    version = out_of_use()
    RetentionRule.objects.update(confirmed_by=None, confirmed_at=None)
    with pytest.raises(NoRule, match="Nobody has confirmed how long “Document” is kept"):
        dispose(version.public_id, actor=lead, reason=WHY)


def test_inside_its_period_a_file_stays(lead: User) -> None:
    version = out_of_use(years=19)
    with pytest.raises(StillKept, match="must be kept until the end of"):
        dispose(version.public_id, actor=lead, reason=WHY)
    assert not Disposal.objects.exists()


def test_what_was_never_approved_goes_sooner(lead: User) -> None:
    version = out_of_use(VersionState.RETURNED, years=2)
    assert not dispose(version.public_id, actor=lead, reason=WHY).was_approved


def test_a_contract_stays_for_years_after_it_ends(lead: User) -> None:
    today = timezone.localdate()
    version = out_of_use(years=10, period_end=today - timedelta(days=365 * 5))
    confirmed_rule(version.evidence.type, months=72, basis="period_end")
    with pytest.raises(StillKept):
        dispose(version.public_id, actor=lead, reason=WHY)
    other = out_of_use(years=10, period_end=today - timedelta(days=365 * 7))
    assert dispose(other.public_id, actor=lead, reason=WHY).version == other


@pytest.mark.parametrize("scope", ["evidence", "site", "everything"])
def test_what_is_held_stays_until_the_hold_is_lifted(lead: User, scope: str) -> None:
    version = out_of_use()
    evidence = version.evidence
    hold = place_hold(
        evidence=evidence if scope == "evidence" else None,
        site=evidence.site if scope == "site" else None,
        reason="A claim was made.",
        actor=lead,
    )
    with pytest.raises(OnHold, match="There is a legal hold on"):
        dispose(version.public_id, actor=lead, reason=WHY)
    lift_hold(hold.public_id, reason="The claim is settled.", actor=lead)
    dispose(version.public_id, actor=lead, reason=WHY)


def test_moving_evidence_away_does_not_take_it_out_of_a_hold(lead: User) -> None:
    version = out_of_use()
    place_hold(site=version.evidence.site, reason="A claim was made.", actor=lead)
    version.evidence.site = SiteFactory()
    version.evidence._history_user = lead
    version.evidence.save()
    with pytest.raises(OnHold):
        dispose(version.public_id, actor=PersonFactory(role=Role.IG_LEAD), reason=WHY)


def test_what_a_policy_offers_to_its_readers_stays(lead: User) -> None:
    version = out_of_use()
    policy = published(
        "Using your own phone",
        author=PersonFactory(role=Role.EDITOR),
        approver=PersonFactory(role=Role.IG_LEAD),
    )
    PolicyDownload.objects.create(page=policy, public_id=version.public_id, sha256=version.sha256)
    with pytest.raises(Offered, match="A policy in force offers this file"):
        dispose(version.public_id, actor=lead, reason=WHY)


def test_the_same_bytes_in_another_version_stay(lead: User, run_jobs: RunJobs) -> None:
    first = out_of_use(content=b"the same")
    second = out_of_use(content=b"the same", years=1)
    dispose(first.public_id, actor=lead, reason=WHY)
    run_jobs()
    assert byte_store().exists(first.sha256)
    with pytest.raises(FileGone, match="This file was disposed of on"):
        refuse_if_gone(EvidenceVersion.objects.get(pk=first.pk))
    assert state_of(second) == VersionState.SUPERSEDED


def test_the_same_bytes_may_be_uploaded_again_and_are_not_swept_away(
    lead: User, run_jobs: RunJobs
) -> None:
    version = out_of_use(content=b"again")
    dispose(version.public_id, actor=lead, reason=WHY)
    keep(b"again")  # an upload that is under way: its row is still to come
    run_jobs()
    assert byte_store().exists(version.sha256)
    again = VersionFactory(evidence=version.evidence, content=b"again")
    grow_old(version.sha256)
    assert sweep_discards() == 0
    assert byte_store().exists(again.sha256)


def test_the_sweep_finishes_what_a_lost_job_left(lead: User) -> None:
    version = out_of_use()
    dispose(version.public_id, actor=lead, reason=WHY)
    assert sweep_discards() == 1
    assert sweep_discards() == 0
    assert not byte_store().exists(version.sha256)


def test_bytes_of_what_was_not_disposed_of_are_never_discarded() -> None:
    version = out_of_use()
    assert not discard_bytes(version.sha256)
    assert not discard_bytes("0" * 64)
    assert byte_store().exists(version.sha256)


def test_an_infected_verdict_later_does_not_touch_what_is_gone(
    lead: User, run_jobs: RunJobs
) -> None:
    version = out_of_use()
    dispose(version.public_id, actor=lead, reason=WHY)
    run_jobs()
    Verdict.objects.create(
        sha256=version.sha256, verdict="infected", engine="x", gate_version="1", cause="rescan"
    )
    run_jobs()
    assert state_of(version) == VersionState.DISPOSED


def test_an_event_without_a_disposal_and_bytes_that_stayed_are_found(lead: User) -> None:
    version = VersionFactory(disposed=True, stored=True, evidence=EvidenceFactory())
    put_in_the_record(version)
    grow_old(version.sha256)
    Disposal.objects.get()  # made by the factory, without an event
    found = {broken.sentence for broken in find_broken() if broken.name.startswith("I19")}
    about = f"evidence {version.evidence.public_id}, version 1"
    assert f"{about} was disposed of without an event" in found
