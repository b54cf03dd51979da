"""The sealer killed at each step of its work, and what a new start makes of it."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from portal.record.actors import SETUP
from portal.record.installation import remove_refusals
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.sealing.actions.accept_restore import accept_restore
from portal.sealing.actions.replace_key import replace_lost_key, rotate_key
from portal.sealing.invariants import seals_agree
from portal.sealing.key_ring import LATER_KEYS, key_in_use
from portal.sealing.management.commands.run_sealer import Command
from portal.sealing.memory import FILE
from portal.sealing.models import Seal, SealKey, SealProblem
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import PRIVATE_FILE, PUBLIC_FILE
from tests.faults.conftest import ROOT, Environment
from tests.faults.sealers import DIE, POINT, Killed, sealer_of_five
from tests.portal.sealing.conftest import cut, happen

WRITING = "sealer_file.written"
KillAt = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sealer"


@pytest.fixture
def kill_at(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> KillAt:
    """Do something in a process that ends at a point; what was not committed is lost."""

    def kill(point: str, do: Callable[[], object]) -> None:
        monkeypatch.setenv(POINT, point)
        settings.FAULT_HOOK = DIE
        with pytest.raises(Killed):
            do()
        settings.FAULT_HOOK = ""

    return kill


def restarted(folder: Path) -> Sealer:
    return Sealer(key_in_use(folder), folder)


def private_keys(folder: Path) -> int:
    places = [folder, *(folder / LATER_KEYS).glob("*")]
    return sum((place / PRIVATE_FILE).exists() for place in places)


def all_is_well(folder: Path) -> None:
    """See that everything is sealed once more, and that keys, seals and record agree."""
    happen(Verb.VERSION_APPROVED)
    seal = restarted(folder).work(timezone.now())
    assert seal is not None
    assert seal.size == Event.objects.count()
    assert list(seals_agree()) == []
    assert not SealProblem.objects.filter(ended_at=None).exists()
    assert restarted(folder).work(timezone.now()) is None


@pytest.mark.django_db
@pytest.mark.parametrize("point", ["seal.signed", WRITING, "seal.remembered", "seal.kept"])
def test_a_seal_is_published_once_or_made_again(point: str, folder: Path, kill_at: KillAt) -> None:
    sealer = sealer_of_five(folder)
    kill_at(point, lambda: sealer.work(timezone.now()))

    restarted(folder).work(timezone.now())

    assert list(Seal.objects.values_list("size", flat=True)) == [5]
    all_is_well(folder)


@pytest.mark.django_db
@pytest.mark.parametrize("point", [WRITING, "key.public_written"])
def test_the_first_key_is_made_whole_or_made_again(
    point: str, folder: Path, kill_at: KillAt
) -> None:
    kill_at(point, lambda: Command()._opened(folder))

    sealer = Command()._opened(folder)

    assert sealer.work(timezone.now()) is not None
    assert SealKey.objects.count() == 1
    all_is_well(folder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("point", "keys"),
    [
        (WRITING, 1),
        ("key.public_written", 1),
        ("key.made", 1),
        ("key.stated", 1),
        ("key.before_commit", 1),
        ("key.registered", 2),
    ],
)
def test_while_the_key_is_replaced_the_old_or_the_new_one_is_in_use(
    point: str, keys: int, folder: Path, kill_at: KillAt
) -> None:
    sealer_of_five(folder).work(timezone.now())
    kill_at(point, lambda: rotate_key(folder, actor=SETUP, now=timezone.now()))

    assert SealKey.objects.count() == keys
    all_is_well(folder)
    rotate_key(folder, actor=SETUP, now=timezone.now())
    assert private_keys(folder) == 1
    all_is_well(folder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("point", "keys"),
    [("key.stated", 1), ("key.remembered", 1), ("key.before_commit", 1), ("key.registered", 2)],
)
def test_the_replacing_of_a_lost_key_and_memory_is_done_or_done_again(
    point: str, keys: int, folder: Path, kill_at: KillAt
) -> None:
    def replace() -> None:
        replace_lost_key(folder, actor=SETUP, reason="The disk failed.", now=timezone.now())

    sealer_of_five(folder).work(timezone.now())
    for name in (PRIVATE_FILE, PUBLIC_FILE, FILE):
        (folder / name).unlink()
    kill_at(point, replace)
    assert SealKey.objects.count() == keys

    if keys == 1:
        replace()

    assert SealKey.objects.count() == 2
    all_is_well(folder)


@pytest.mark.django_db
@pytest.mark.parametrize(("point", "told"), [("restore.kept", 2), (WRITING, 2)])
def test_a_restore_that_was_accepted_by_halves_is_accepted_again(
    point: str, told: int, folder: Path, kill_at: KillAt
) -> None:
    def accept() -> None:
        accept_restore(sealer.key, sealer.memory, actor=SETUP, reason="The disk failed.")

    sealer = sealer_of_five(folder)
    sealer.work(timezone.now())
    remove_refusals()
    cut(3)
    kill_at(point, accept)

    accept()

    events = Event.objects.filter(verb=Verb.RECORD_RESTORED)
    assert [event.facts["lost_size"] for event in events] == [5] * told
    all_is_well(folder)


@pytest.mark.parametrize("point", ["seal.remembered"])
def test_the_real_program_is_killed_outright_and_goes_on_at_its_next_start(
    point: str, environment: Environment
) -> None:
    def run(die_at: str = "") -> subprocess.CompletedProcess[str]:
        connection.close()
        return subprocess.run(
            [sys.executable, "manage.py", "run_sealer", "--once"],
            env=environment(die_at),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    with transaction.atomic():
        happen()
    assert run(point).returncode == -signal.SIGKILL
    assert not Seal.objects.exists()

    assert run().returncode == 0

    assert list(Seal.objects.values_list("size", flat=True)) == [1]
