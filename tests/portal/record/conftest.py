"""People and things for the tests of the record, without the rooms above it."""

from dataclasses import dataclass

import pytest

from portal.record.models import Event
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb


@dataclass(frozen=True)
class Somebody:
    """An actor that is no row of any table."""

    actor_ref: str
    actor_label: str


PRIYA = Somebody("person:priyaPriyaPriyaPriya00", "Priya Shah, IG lead (demo)")
TOM = Somebody("person:tomTomTomTomTomTomTom0", "Tom Reed, Home manager (demo)")
EVIDENCE = ObjectRef("evidence", "evidenceEvidence000000")


@pytest.fixture
def priya() -> Somebody:
    """Return somebody who approves."""
    return PRIYA


@pytest.fixture
def tom() -> Somebody:
    """Return somebody who uploads."""
    return TOM


@pytest.fixture
def thing() -> ObjectRef:
    """Return the evidence most events are about."""
    return EVIDENCE


@pytest.fixture
def three_events(db: None) -> list[Event]:
    """Return a record of three events: added, uploaded, approved."""
    version = ObjectRef("version", "versionVersion00000000", 1)
    return [
        record(Verb.EVIDENCE_CREATED, EVIDENCE, actor=TOM, detail={"title": "Fire drill"}),
        record(
            Verb.VERSION_UPLOADED,
            version,
            actor=TOM,
            after="waiting",
            sha256="ab" * 32,
            facts={"size": 1234},
            detail={"file_name": "=drill.pdf"},
        ),
        record(
            Verb.VERSION_APPROVED,
            version,
            actor=PRIYA,
            before="in_review",
            after="approved",
            sha256="ab" * 32,
        ),
    ]
