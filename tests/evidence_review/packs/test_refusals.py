"""What the database refuses about packs, whoever asks."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence_review.packs.models import Pack
from evidence_review.packs.states import PackState
from portal.sealing.models import Seal as SealRow
from tests.evidence_review.packs.conftest import MakePack

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(make_pack: MakePack, evidence: None) -> Pack:
    """A ready pack."""
    return make_pack()


@pytest.mark.parametrize(
    "change",
    [
        {"scope": {"editions": []}},
        {"with_files": False},
        {"requested_by": None},
        {"as_at_size": 1},
        {"as_at_time": timezone.now()},
        {"manifest_sha256": "0" * 64},
        {"manifest_sha256": ""},
        {"event_seq": 99},
        {"seal": None},
        {"earlier": [1]},
        {"sha256": "0" * 64},
        {"size": 1},
        {"pieces": 7},
    ],
    ids="-".join,
)
def test_what_was_settled_never_changes(ready: Pack, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pack.objects.filter(pk=ready.pk).update(**change)


def test_a_pack_is_never_deleted(ready: Pack) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ready.delete()


@pytest.mark.parametrize("state", [PackState.READY, PackState.REMOVED, PackState.PACKING])
def test_nothing_is_ready_that_was_not_settled_sealed_and_written(
    ready: Pack, state: PackState
) -> None:
    new = Pack.objects.create(scope=ready.scope, requested_by=ready.requested_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pack.objects.filter(pk=new.pk).update(state=state)


def test_a_seal_from_before_a_pack_was_settled_is_not_its_seal(ready: Pack) -> None:
    assert ready.seal
    early = SealRow.objects.create(size=2, root="0" * 64, note=ready.seal.note, key=ready.seal.key)
    new = Pack.objects.create(
        scope=ready.scope,
        requested_by=ready.requested_by,
        as_at_size=5,
        as_at_time=timezone.now(),
        manifest_sha256="1" * 64,
        event_seq=6,
    )
    with pytest.raises(IntegrityError, match="refused: a seal of a pack"), transaction.atomic():
        Pack.objects.filter(pk=new.pk).update(seal=early)


def test_a_pack_was_asked_for_by_somebody(ready: Pack) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pack.objects.create(scope=ready.scope)
