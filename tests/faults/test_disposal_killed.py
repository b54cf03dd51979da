"""A worker killed outright while it discards bytes: the disposal stands, and the sweep ends it."""

import signal
from collections.abc import Callable

import pytest

from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import byte_store
from evidence_review.retention.actions.discard_bytes import sweep_discards
from evidence_review.retention.actions.dispose import dispose
from evidence_review.retention.models import Disposal
from portal.faults import fault_point
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.broken import broken_but_for_factories
from tests.evidence_review.retention.conftest import out_of_use
from tests.factories import PersonFactory

REASON = "Its period is over."


@pytest.mark.parametrize("point", ["discard.before_bytes", "discard.after_bytes"])
def test_what_a_killed_worker_left_is_swept(point: str, run_worker: Callable[..., int]) -> None:
    version = out_of_use(VersionState.WITHDRAWN)
    dispose(version.public_id, actor=PersonFactory(role=Role.IG_LEAD), reason=REASON)
    assert run_worker(die_at=point) == -signal.SIGKILL
    assert byte_store().exists(version.sha256) == (point == "discard.before_bytes")

    assert sweep_discards() == (1 if point == "discard.before_bytes" else 0)
    assert not byte_store().exists(version.sha256)
    assert Event.objects.filter(verb=Verb.VERSION_DISPOSED).count() == 1
    assert broken_but_for_factories() == []


@pytest.mark.parametrize("point", ["dispose.before_commit", "dispose.after_commit"])
def test_a_disposal_that_breaks_off_is_whole_or_not_at_all(
    point: str, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = out_of_use(VersionState.WITHDRAWN)
    lead = PersonFactory(role=Role.IG_LEAD)

    def break_off(name: str) -> None:
        fault_point(name)
        if name == point:
            raise KeyboardInterrupt

    where = "evidence_review.retention.actions.dispose.fault_point"
    monkeypatch.setattr(where, break_off)
    with pytest.raises(KeyboardInterrupt):
        dispose(version.public_id, actor=lead, reason=REASON)

    version.refresh_from_db()
    committed = point == "dispose.after_commit"
    assert (version.state == VersionState.DISPOSED) == committed
    assert Disposal.objects.exists() == committed
    assert byte_store().exists(version.sha256)
    assert sweep_discards() == int(committed)
    assert byte_store().exists(version.sha256) != committed
    assert broken_but_for_factories() == []
