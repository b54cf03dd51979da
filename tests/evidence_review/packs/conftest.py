"""Packs of a portal that lives, with a sealer in the test's own hands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from evidence_review.packs import making
from evidence_review.packs.actions.request_pack import request_pack
from evidence_review.packs.models import Pack
from evidence_review.packs.scopes import Choice
from portal.frameworks.models import Requirement
from portal.people.models import Site
from portal.sealing.actions.register_key import register_key
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import make_key
from tests.evidence_review.inspection.conftest import (
    access,
    clock,
    enter,
    give_access,
    ig_lead,
    other_site,
    requirement,
    site,
)
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.scanning import doubles
from tests.fixtures.jobs import RunJobs

__all__ = [
    "access",
    "clock",
    "enter",
    "give_access",
    "ig_lead",
    "other_site",
    "requirement",
    "site",
]
MakePack = Callable[..., Pack]
Seal = Callable[[], object]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no job wait for a seal that only the test can make."""
    monkeypatch.setattr(making, "PATIENCE_SECONDS", 0.0)


@pytest.fixture
def living(settings: Settings, db: None) -> Living:
    """People who do things."""
    settings.SCANNER = doubles.CLEAN
    return Living()


@pytest.fixture
def seal(tmp_path: Path, db: None) -> Seal:
    """Sign the head of the record as it is now."""
    key = make_key(tmp_path / "sealer-of-packs", "care.example/record")
    register_key(key, now=timezone.now())
    sealer = Sealer(key, tmp_path / "sealer-of-packs")
    return lambda: sealer.work(timezone.now())


@pytest.fixture
def make_pack(living: Living, requirement: Requirement, seal: Seal, run_jobs: RunJobs) -> MakePack:
    """Have a pack made from the wish to the file; every part of the choice can be said."""

    def make(**said: object) -> Pack:
        chosen = {"editions": [requirement.edition]} | said
        pack = request_pack(Choice(**chosen), actor=living.lead)  # type: ignore[arg-type]  # a test's words
        run_jobs()
        seal()
        run_jobs(planned_until=timezone.now() + making.AGAIN_AFTER * 2)
        pack.refresh_from_db()
        return pack

    return make


@pytest.fixture
def evidence(living: Living, site: Site, requirement: Requirement) -> None:
    """Two approved files, one of the site and one of the whole organisation."""
    living.approved("Fire drill", site, requirement)
    living.approved("Data protection policy", None, requirement)
