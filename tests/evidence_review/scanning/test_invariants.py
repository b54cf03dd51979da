"""Each invariant sees the damage it is there for."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.actions.transition import transition
from evidence_review.evidence.invariants import (
    approved_versions_are_unchanged,
    bytes_have_a_row,
    events_give_the_states,
    rows_agree_with_bytes,
)
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import lock_version
from evidence_review.evidence.states import VersionState, VersionVerb
from evidence_review.inspection.invariants import nothing_was_shown_after_the_end
from evidence_review.inspection.models import InspectorAccess
from evidence_review.review.invariants import deciders_had_no_hand_in_it
from evidence_review.scanning.actions.check_version import check_version
from evidence_review.scanning.actions.quarantine_bytes import quarantine_bytes
from evidence_review.scanning.actions.recall import recall
from evidence_review.scanning.invariants import approved_means_clean, infected_means_recalled
from portal.people.roles import Role
from portal.record.record import record
from portal.record.verbs import Verb
from tests.factories import (
    DecisionFactory,
    EvidenceFactory,
    PersonFactory,
    VerdictFactory,
    VersionFactory,
    keep,
)

pytestmark = pytest.mark.django_db


def path_of(bytes_dir: Path, sha256: str) -> Path:
    return next(path for path in bytes_dir.rglob(sha256) if path.is_file())


def approve(version: EvidenceVersion) -> None:
    lead = PersonFactory.create(role=Role.IG_LEAD)
    DecisionFactory.create(version=version, decider=lead)
    with transaction.atomic():
        transition(
            lock_version(version.public_id),
            VersionVerb.APPROVE,
            actor=lead,
            record_verb=Verb.VERSION_APPROVED,
        )


def uploaded(upload: Callable[..., EvidenceVersion], content: bytes = b"fine") -> EvidenceVersion:
    """An upload with its event, as the upload action leaves it."""
    version = upload(content)
    with transaction.atomic():
        record(
            Verb.VERSION_UPLOADED,
            version.record_ref,
            actor=version.uploaded_by,
            after=version.state,
            sha256=version.sha256,
        )
    return version


def test_everything_holds_after_upload_check_approval_and_recall(scanner, upload) -> None:
    version = uploaded(upload)
    check_version(version.public_id)
    approve(version)
    assert list(events_give_the_states()) == []
    recall(version.public_id, actor=PersonFactory.create(role=Role.IG_LEAD), reason="Wrong file")
    quarantine_bytes(version.sha256)
    for check in (
        approved_means_clean,
        infected_means_recalled,
        rows_agree_with_bytes,
        bytes_have_a_row,
        events_give_the_states,
        approved_versions_are_unchanged,
        deciders_had_no_hand_in_it,
    ):
        assert list(check()) == [], check.__doc__


def test_i1_sees_an_approval_without_a_clean_verdict_before_it() -> None:
    version = VersionFactory.create(in_review=True)
    with transaction.atomic():
        record(
            Verb.VERSION_APPROVED,
            version.record_ref,
            actor=PersonFactory.create(),
            before="in_review",
            after="approved",
            sha256="c" * 64,
        )
    assert "without a clean verdict" in next(iter(approved_means_clean()))


def test_i1_sees_an_approval_on_the_word_of_stale_signatures(upload) -> None:
    version = VersionFactory.create(waiting=True)
    VerdictFactory.create(
        sha256=version.sha256, signature_date=timezone.now() - timedelta(hours=49)
    )
    EvidenceVersion.objects.filter(pk=version.pk).update(state=VersionState.IN_REVIEW)
    approve(version)
    assert len(list(approved_means_clean())) == 1


def test_i1_sees_an_infected_version_that_nobody_recalled() -> None:
    version = VersionFactory.create(approved=True)
    VerdictFactory.create(sha256=version.sha256, found_later=True)
    assert list(infected_means_recalled()) == [], "the recall is on its way"
    other = VersionFactory.create(approved=True)
    VerdictFactory.create(
        sha256=other.sha256, found_later=True, at=timezone.now() - timedelta(minutes=21)
    )
    assert str(other.record_ref) in next(iter(infected_means_recalled()))


def test_i2_sees_an_editor_who_decided() -> None:
    evidence = EvidenceFactory.create()
    editor = PersonFactory.create(role=Role.IG_LEAD)
    evidence.title = "Corrected"
    evidence._history_user = editor
    evidence.save()
    VersionFactory.create(evidence=evidence, approved=True, decider=editor)
    assert "by an editor" in next(iter(deciders_had_no_hand_in_it()))


def test_i2_lets_a_person_edit_what_is_approved_and_decide_on_nothing_after_it() -> None:
    evidence = EvidenceFactory.create()
    first_decider = PersonFactory.create(role=Role.IG_LEAD)
    VersionFactory.create(evidence=evidence, approved=True, decider=first_decider)
    evidence.title = "Corrected afterwards"
    evidence._history_user = first_decider
    evidence.save()
    assert list(deciders_had_no_hand_in_it()) == []


def test_i3_sees_bytes_that_changed_and_bytes_that_are_gone(upload, bytes_dir) -> None:
    changed, gone = upload(b"changed"), upload(b"gone")
    path = path_of(bytes_dir, changed.sha256)
    path.chmod(0o600)
    path.write_bytes(b"CHANGED")
    path_of(bytes_dir, gone.sha256).unlink()
    found = set(rows_agree_with_bytes())
    assert found == {
        f"the bytes kept as {changed.sha256} are others",
        f"the bytes {gone.sha256} are missing",
    }


def test_i3_does_not_accept_quarantine_for_what_is_still_in_use(
    upload, settings, bytes_dir
) -> None:
    version = upload(b"in use", waiting=False, approved=True)
    path_of(bytes_dir, version.sha256).rename(Path(settings.QUARANTINE_DIR) / version.sha256)
    assert list(rows_agree_with_bytes()) == [f"the bytes {version.sha256} are missing"]


def test_i4_sees_bytes_without_a_row_after_an_hour(db, bytes_dir) -> None:
    sha256 = keep(b"nobody's")
    assert list(bytes_have_a_row()) == []
    an_hour_ago = time.time() - 3700
    os.utime(path_of(bytes_dir, sha256), (an_hour_ago, an_hour_ago))
    assert list(bytes_have_a_row()) == [f"the bytes {sha256} belong to no version"]


def test_i5_sees_a_state_without_its_event_and_an_event_without_its_state(upload) -> None:
    silent = uploaded(upload, b"silent")
    EvidenceVersion.objects.filter(pk=silent.pk).update(state=VersionState.WITHDRAWN)
    assert "its events end at waiting" in next(iter(events_give_the_states()))
    EvidenceVersion.objects.filter(pk=silent.pk).update(state=VersionState.WAITING)
    with transaction.atomic():
        record(
            Verb.VERSION_APPROVED,
            silent.record_ref,
            actor=PersonFactory.create(),
            before="in_review",
            after="approved",
        )
    found = list(events_give_the_states())
    assert len(found) == 2
    assert "is not where the last one ended" in found[0]


def test_i8_sees_an_approved_version_that_is_not_what_was_approved(upload) -> None:
    version = VersionFactory.create(in_review=True)
    with transaction.atomic():
        record(
            Verb.VERSION_APPROVED,
            version.record_ref,
            actor=PersonFactory.create(),
            before="in_review",
            after="approved",
            sha256="d" * 64,
        )
    assert "not what was approved" in next(iter(approved_versions_are_unchanged()))


def test_i9_sees_a_look_after_the_end() -> None:
    now = timezone.now()
    access = InspectorAccess.objects.create(
        name="Ann Inspector (demo)",
        email="ann@inspector.example",
        starts=now - timedelta(days=2),
        ends=now + timedelta(days=1),
        granted_by=PersonFactory.create(),
    )

    def look() -> None:
        with transaction.atomic():
            record(Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED, access.record_ref, actor=access)

    look()
    assert list(nothing_was_shown_after_the_end()) == []
    InspectorAccess.objects.filter(pk=access.pk).update(ends=now - timedelta(seconds=6))
    assert len(list(nothing_was_shown_after_the_end())) == 1
