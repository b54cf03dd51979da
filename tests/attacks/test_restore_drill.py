"""The drill of docs/keys.md: a backup is put back, the sealer refuses, somebody says why."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from portal.record.installation import missing_refusals
from portal.record.invariants import find_broken
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.sealing.checking import check_checkpoint, recompute_checkpoint
from portal.sealing.models import Seal
from portal.sealing.standing import SealState, seal_standing
from tests.attacks.conftest import House, let_happen

GUIDE = Path(configured.BASE_DIR) / "docs" / "keys.md"
WHY = "The disk failed on 3 March; the backup of 2 March was put back"


@pytest.fixture
def look_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Run the sealer's program for one look, without taking over this process's signals."""
    monkeypatch.setattr("signal.signal", lambda *_: None)

    def look() -> None:
        call_command("run_sealer", once=True)

    return look


def test_the_drill_from_the_backup_to_the_next_seal(
    house: House, look_once: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    house.put_back_database()
    call_command("migrate", verbosity=0)
    assert missing_refusals() == []

    with pytest.raises(
        CommandError, match="NOT SEALED: 18 events were sealed, but the record ends after 12"
    ):
        look_once()
    assert seal_standing().state is SealState.BROKEN

    call_command("accept_restore", WHY)
    assert "Sealed 13 events" in capsys.readouterr().out
    event = Event.objects.latest("seq")
    assert (event.verb, event.facts["kept_size"], event.facts["lost_size"]) == (
        Verb.RECORD_RESTORED,
        12,
        18,
    )
    assert event.detail_data["reason"] == WHY

    let_happen(Verb.VERSION_APPROVED)
    look_once()
    assert Seal.objects.latest("pk").size == 14
    assert seal_standing().state is SealState.SEALED
    # The others ask after rows that these events, made for the test, do not have.
    assert [one for one in find_broken() if one.name in {"I3", "I6", "I7"}] == []


def test_the_checkpoint_from_before_the_loss_shows_it_for_good(house: House) -> None:
    house.put_back_database()
    call_command("accept_restore", WHY)

    for checked in (check_checkpoint(house.checkpoint), recompute_checkpoint(house.checkpoint)):
        assert not checked.holds
        assert "a backup was put back" in checked.sentence
        assert "of 18 events sealed before, it held 12" in checked.sentence


def test_a_restore_is_accepted_once(house: House) -> None:
    house.put_back_database()
    call_command("accept_restore", WHY)

    with pytest.raises(CommandError, match="nothing to accept"):
        call_command("accept_restore", WHY)


def test_the_guide_names_only_commands_that_there_are() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", GUIDE.read_text(encoding="utf-8")))
    commands = {
        path.stem
        for path in Path(configured.BASE_DIR).glob("*/**/management/commands/[a-z]*.py")
        if ".venv" not in path.parts
    }

    assert named >= {"accept_restore", "rotate_seal_key", "replace_lost_seal_key"}
    assert named <= commands
