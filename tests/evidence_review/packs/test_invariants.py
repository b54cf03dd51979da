"""I10 holds, and notices when it does not."""

import pytest

from evidence_review.packs.health import packs
from evidence_review.packs.invariants import packs_hold_what_was_approved
from evidence_review.packs.models import Pack
from evidence_review.packs.storage import packs_folder
from portal.health.findings import State
from tests.evidence_review.packs.conftest import MakePack

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(make_pack: MakePack, evidence: None) -> Pack:
    """A ready pack."""
    return make_pack()


def test_a_ready_pack_is_as_it_must_be(ready: Pack) -> None:
    assert list(packs_hold_what_was_approved()) == []
    assert packs().state is State.OK


def test_a_changed_file_is_noticed(ready: Pack) -> None:
    path = packs_folder() / ready.stored_name
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert list(packs_hold_what_was_approved()) == [
        f"pack {ready.public_id} has a file with other bytes than were written"
    ]


def test_a_lost_file_is_noticed(ready: Pack) -> None:
    (packs_folder() / ready.stored_name).unlink()
    assert list(packs_hold_what_was_approved()) == [f"pack {ready.public_id} has lost its file"]


def test_another_content_than_was_approved_is_noticed(
    ready: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence_review.packs.invariants._approved", lambda pack: set())
    assert list(packs_hold_what_was_approved()) == [
        f"pack {ready.public_id} does not hold exactly what was approved at its time"
    ]


def test_an_alarm_is_on_the_health_page_until_the_pack_is_tried_again(ready: Pack) -> None:
    Pack.objects.update(is_alarm=True, problem="The stored file of “Rota” is another.")
    found = packs()
    assert (found.state, found.seen) == (State.DEGRADED, "The stored file of “Rota” is another.")
