"""A portal with a sealed record in a real database, made once; each attack gets a copy of it."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from evidence_review.evidence.models import EvidenceVersion
from portal.record.actors import SETUP
from portal.record.models import Event
from portal.record.objects import ObjectRef
from portal.record.record import record
from portal.record.verbs import Verb
from portal.sealing.actions.register_key import register_key
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import make_key
from tests.factories import VersionFactory
from tests.fixtures.databases import PostgresqlDatabase, SqliteDatabase

ORIGIN = "care.example/record"
_DISK = ("bytes", "quarantine", "sealer")


class Portals:
    """A database of this module's own, and copies of it as it was at two moments."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[str, str] = {}
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.database: SqliteDatabase | PostgresqlDatabase
        if connection.vendor == "sqlite":
            self.database = SqliteDatabase(folder)
        else:
            self.database = PostgresqlDatabase(f"attacks_{worker}")

    def keep(self, name: str) -> None:
        """Keep the database and the disk as they are now, under a name."""
        connection.close()
        for part in _DISK:
            shutil.copytree(self.folder / part, self.folder / name / part)
        if isinstance(self.database, SqliteDatabase):
            copy = self.folder / name / "portal.sqlite3"
            with (
                closing(sqlite3.connect(self.database.copy)) as now,
                closing(sqlite3.connect(copy)) as then,
            ):
                now.backup(then)
            self.kept[name] = str(copy)
        else:
            self.kept[name] = f"{self.database.copy}_{name}"
            self.database._run(
                "CREATE DATABASE {} TEMPLATE {}", self.kept[name], self.database.copy
            )

    def put_back(self, name: str) -> None:
        """Make the database what it was when it was kept under a name."""
        if isinstance(self.database, SqliteDatabase):
            self.database.template = Path(self.kept[name])
        else:
            self.database.template = self.kept[name]
        self.database.restore()

    def drop(self) -> None:
        """Remove every database that was made."""
        self.database.drop()
        if isinstance(self.database, PostgresqlDatabase):
            for name in self.kept.values():
                self.database._drop(name)


@dataclass(frozen=True)
class House:
    """One copy of the portal: its disk, and what somebody keeps outside."""

    portals: Portals
    disk: Path
    checkpoint: str
    """The newest signed head at the time, mailed to somebody outside."""

    @property
    def sealer(self) -> Path:
        """The sealer's own folder."""
        return self.disk / "sealer"

    def put_back_database(self) -> None:
        """Restore the database from the older backup."""
        self.portals.put_back("backup")

    def put_back_sealer(self) -> None:
        """Restore the sealer's folder from the older backup."""
        shutil.rmtree(self.sealer)
        shutil.copytree(self.portals.folder / "backup" / "sealer", self.sealer)


def approve_one(content: bytes) -> EvidenceVersion:
    """Put in a file and approve it, with the events that tell of it."""
    with transaction.atomic():
        version: EvidenceVersion = VersionFactory.create(
            approved=True, stored=True, content=content
        )
        for verb, before, after in (
            (Verb.VERSION_UPLOADED, "", "waiting"),
            (Verb.VERSION_SUBMITTED, "waiting", "in_review"),
            (Verb.VERSION_APPROVED, "in_review", "approved"),
        ):
            record(
                verb,
                version.record_ref,
                actor=version.uploaded_by,
                before=before,
                after=after,
                sha256=version.sha256,
                detail={"title": version.evidence.title},
            )
    return version


def let_happen(verb: Verb = Verb.EVIDENCE_CHANGED) -> Event:
    """Let one more thing happen that is not sealed at once."""
    with transaction.atomic():
        return record(verb, ObjectRef("evidence", "evidenceEvidence000000"), actor=SETUP)


def _build(folder: Path, portals: Portals) -> None:
    """Let the portal work: three seals, a backup after the second, two events after the third."""
    key = make_key(folder / "sealer", ORIGIN)
    register_key(key, now=timezone.now())
    sealer = Sealer(key, folder / "sealer")
    for number in range(3):
        for part in range(2):
            approve_one(b"Policy %d, part %d" % (number, part))
        sealer.work(timezone.now())
        if number == 1:
            portals.keep("backup")
    let_happen()
    let_happen()
    portals.keep("today")


def _on(disk: Path) -> dict[str, object]:
    """Return the settings of a portal whose files are in a folder."""
    return {
        "BYTES_DIR": disk / "bytes",
        "QUARANTINE_DIR": disk / "quarantine",
        "SEALER_DIR": str(disk / "sealer"),
    }


@contextmanager
def _portals(folder: Path) -> Iterator[Portals]:
    """Make the portal in a database of its own, which this process uses meanwhile."""
    for part in _DISK:
        (folder / part).mkdir(mode=0o700)
    named = connection.settings_dict["NAME"]
    portals = Portals(folder)
    try:
        portals.database.create()
        with override_settings(**_on(folder)):
            _build(folder, portals)
        yield portals
    finally:
        portals.drop()
        connection.settings_dict["NAME"] = named


@pytest.fixture(scope="module")
def portals(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Portals]:
    """Return the portal that was made once for all attacks."""
    with django_db_blocker.unblock(), _portals(tmp_path_factory.mktemp("attacked")) as made:
        yield made


@pytest.fixture
def house(portals: Portals, settings: Settings, tmp_path: Path) -> House:
    """Return a copy of the portal, which may be destroyed."""
    portals.put_back("today")
    disk = tmp_path / "house"
    for part in _DISK:
        shutil.copytree(portals.folder / "today" / part, disk / part)
    for name, value in _on(disk).items():
        setattr(settings, name, value)
    return House(portals, disk, Seal.objects.latest("pk").note)
