"""A record of a few events, and a sealer with a folder of its own."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from portal.record.merkle import compact_range
from portal.record.models import Event, EventDetail, LogHead
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.sealing.actions.register_key import register_key
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import SigningKey, make_key


@dataclass(frozen=True)
class Somebody:
    """An actor that is no row of any table."""

    actor_ref: str = "person:tomTomTomTomTomTomTom0"
    actor_label: str = "Tom Reed, Home manager (demo)"


def happen(verb: Verb = Verb.EVIDENCE_CREATED) -> Event:
    """Let one more thing happen."""
    return record(verb, ObjectRef("evidence", "evidenceEvidence000000"), actor=Somebody())


def cut(after: int) -> None:
    """Take away the tail of the record, with its head, so that all that is left agrees."""
    EventDetail.objects.filter(event__seq__gt=after).delete()
    Event.objects.filter(seq__gt=after).delete()
    head_follows()


def head_follows() -> None:
    """Let the head say what the rows say, as a careful forger would."""
    leaves = Event.objects.order_by("seq").values_list("leaf_hash", flat=True)
    tree = compact_range(bytes(one) for one in leaves)
    LogHead.objects.update(size=tree.size, compact_range=tree.packed())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder that only the sealer knows."""
    return tmp_path / "data" / "sealer"


@pytest.fixture
def key(folder: Path, db: None) -> SigningKey:
    """Return the portal's registered key."""
    made = make_key(folder, "care.example/record")
    register_key(made, now=timezone.now())
    return made


@pytest.fixture
def sealer(key: SigningKey, folder: Path) -> Sealer:
    """Return a sealer at the beginning of its work, with five events before it."""
    for _ in range(5):
        happen()
    return Sealer(key, folder)
