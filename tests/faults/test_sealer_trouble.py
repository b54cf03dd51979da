"""A second sealer, a wrong clock, a full disk, a database that is away: said, and nothing false."""

import shutil
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.people.roles import Role
from portal.record.verbs import Verb
from portal.sealing.invariants import seals_agree
from portal.sealing.locks import AnotherSealer, only_sealer
from portal.sealing.management.commands import run_sealer
from portal.sealing.memory import MemoryUnusable, NoRoom
from portal.sealing.models import Seal, SealProblem
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import KeyUnusable, make_key
from portal.sealing.standing import SealState, seal_standing
from tests.factories import PersonFactory
from tests.faults.conftest import ROOT, Environment
from tests.faults.sealers import DISK_FULL, sealer_of_five
from tests.portal.sealing.conftest import happen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sealer"


@pytest.fixture
def sealer(folder: Path, db: None) -> Sealer:
    return sealer_of_five(folder)


def test_a_second_sealer_of_one_folder_does_not_start(
    environment: Environment, bytes_dir: Path
) -> None:
    folder = bytes_dir.parent / "sealer"
    connection.close()
    with only_sealer(folder):
        with pytest.raises(AnotherSealer, match="at work"), only_sealer(folder):
            pass
        second = subprocess.run(
            [sys.executable, "manage.py", "run_sealer", "--once"],
            env=environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert second.returncode == 1
    assert "Another sealer is at work" in second.stderr
    assert "Traceback" not in second.stderr


def test_of_two_sealers_with_copies_of_one_folder_the_one_left_behind_stops(
    sealer: Sealer, folder: Path, tmp_path: Path
) -> None:
    sealer.work(timezone.now())
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    second = Sealer(sealer.key, copy)
    happen(Verb.VERSION_APPROVED)
    assert sealer.work(timezone.now()) is not None

    happen(Verb.VERSION_APPROVED)
    with pytest.raises(MemoryUnusable, match="6 events were sealed by another sealer"):
        second.work(timezone.now())

    assert seal_standing().state is SealState.STUCK
    assert sealer.work(timezone.now()) is not None
    assert seal_standing().state is SealState.SEALED
    assert list(seals_agree()) == []


def test_a_second_sealer_with_a_folder_of_its_own_is_refused(
    sealer: Sealer, tmp_path: Path
) -> None:
    sealer.work(timezone.now())
    with pytest.raises(KeyUnusable, match="no key"):
        run_sealer.Command()._opened(tmp_path / "empty")
    make_key(tmp_path / "other", sealer.key.name)
    with pytest.raises(KeyUnusable, match="another key"):
        run_sealer.Command()._opened(tmp_path / "other")

    assert SealProblem.objects.filter(kind=SealProblem.Kind.SEALER).count() == 2


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
def test_a_clock_that_jumps_and_comes_back_holds_no_seal_up(
    sealer: Sealer, jump: timedelta
) -> None:
    now = timezone.now()
    assert sealer.work(now) is not None

    for then in (now + jump, now):
        happen()
        assert sealer.work(then) is not None
        assert sealer.work(then) is None
    assert list(seals_agree()) == []


def test_with_a_full_disk_nothing_is_published_and_the_page_says_why(
    sealer: Sealer, folder: Path, settings: Settings, client: Client
) -> None:
    sealer.work(timezone.now())
    remembered = sealer.memory.path.read_bytes()
    happen(Verb.VERSION_APPROVED)
    settings.FAULT_HOOK = DISK_FULL
    for _ in range(2):
        with pytest.raises(NoRoom, match="No space left"):
            sealer.work(timezone.now())

    assert Seal.objects.count() == 1
    assert sealer.memory.path.read_bytes() == remembered
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    page = client.get("/admin/record/seal/").content.decode()
    assert "No space left on device" in page
    assert "Make room" in page

    settings.FAULT_HOOK = ""
    assert sealer.work(timezone.now()) is not None
    assert SealProblem.objects.get().ended_at is not None
    assert seal_standing().state is SealState.SEALED


def test_a_seal_that_the_database_did_not_take_is_offered_again(
    sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_named: object) -> Seal:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as during:
        during.setattr("portal.sealing.sealer.keep_seal", away)
        with pytest.raises(OperationalError):
            sealer.work(timezone.now())

    assert sealer.work(timezone.now()) is not None
    assert list(Seal.objects.values_list("size", flat=True)) == [5]


class Looks(threading.Event):
    """Ends the sealer's loop after a few looks."""

    left = 3

    def wait(self, timeout: float | None = None) -> bool:
        """Count down."""
        self.left -= 1
        return self.left <= 0


def test_while_the_database_is_away_the_sealer_says_so_once_and_goes_on(
    sealer: Sealer,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = iter([OperationalError("no route"), OperationalError("no route"), None])

    def look(_command: run_sealer.Command, _folder: Path) -> None:
        problem = next(answers)
        if problem is not None:
            raise problem

    monkeypatch.setattr(run_sealer.Command, "_look", look)

    run_sealer.Command()._until(Looks(), folder, once=False)

    assert capsys.readouterr().err.count("the database does not answer: no route") == 1


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(Exception, match="cannot use its folder"), only_sealer(tmp_path / "file"):
        pass
