"""A key is replaced by one it vouches for, or, when it is lost, with a reason for all to see."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.record.actors import SETUP
from portal.record.installation import remove_refusals
from portal.record.models import Event
from portal.record.notes import NoteKey, read_note
from portal.record.verbs import Verb
from portal.sealing.actions.register_again import register_again
from portal.sealing.actions.replace_key import KeyNotReplaced, replace_lost_key, rotate_key
from portal.sealing.checking import check_checkpoint
from portal.sealing.invariants import seals_agree
from portal.sealing.key_ring import LATER_KEYS, key_in_use
from portal.sealing.memory import FILE, MemoryUnusable
from portal.sealing.models import Seal, SealKey
from portal.sealing.queries import key_statements
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import PRIVATE_FILE, PUBLIC_FILE, KeyUnusable, make_key
from portal.sealing.statements import NotAStatement, read_statement
from tests.portal.sealing.conftest import cut, happen

pytestmark = pytest.mark.django_db


def rotate(folder: Path) -> SealKey:
    """Replace the key in good order."""
    return rotate_key(folder, actor=SETUP, now=timezone.now())


def lose(folder: Path, reason: str = "The disk failed.", checkpoint: str = "") -> SealKey:
    """Replace a key that is lost."""
    return replace_lost_key(
        folder, actor=SETUP, reason=reason, now=timezone.now(), checkpoint=checkpoint
    )


@pytest.fixture
def sealed(sealer: Sealer) -> Sealer:
    """Return a sealer that has signed five events."""
    assert sealer.work(timezone.now()) is not None
    return sealer


def test_the_old_key_vouches_for_the_new_one_under_the_same_name(
    sealed: Sealer, folder: Path
) -> None:
    old = sealed.key.public

    kept = rotate(folder)

    new = NoteKey.from_text(kept.public)
    said = read_statement(kept.statement)
    assert (new.name, said.replaces, said.was_lost) == (old.name, old, False)
    assert read_note(kept.statement).opened_by([old, new]) == [new, old]
    assert key_statements()[-1] == kept.statement
    event = Event.objects.get(verb=Verb.SEAL_KEY_ROTATED)
    assert event.facts["fingerprint"] == kept.fingerprint


def test_the_sealer_that_runs_signs_with_the_new_key_at_its_next_look(
    sealed: Sealer, folder: Path
) -> None:
    old_note = Seal.objects.get().note
    kept = rotate(folder)

    seal = sealed.work(timezone.now())

    assert seal is not None
    assert seal.key == kept
    assert list(seals_agree()) == []
    assert check_checkpoint(old_note).holds
    assert check_checkpoint(seal.note).holds
    assert Sealer(key_in_use(folder), folder).work(timezone.now()) is None


def test_the_old_private_key_is_destroyed_and_its_public_half_stays(
    sealed: Sealer, folder: Path
) -> None:
    old = sealed.key.public
    first = rotate(folder)
    rotate(folder)

    assert not (folder / PRIVATE_FILE).exists()
    assert (folder / PUBLIC_FILE).read_text(encoding="utf-8").strip() == str(old)
    assert len(list((folder / LATER_KEYS).glob(f"*/{PRIVATE_FILE}"))) == 1
    archived = folder / LATER_KEYS / NoteKey.from_text(first.public).id.hex() / "statement.txt"
    assert archived.read_text(encoding="utf-8") == first.statement


def test_a_rewritten_record_is_not_signed_after_the_key_was_replaced(
    sealed: Sealer, folder: Path
) -> None:
    rotate(folder)
    remove_refusals()
    cut(3)

    with pytest.raises(RecordBroken, match="ends after 3"):
        Sealer(key_in_use(folder), folder).work(timezone.now())


def test_a_lost_key_is_replaced_with_a_reason_and_without_the_old_ones_word(
    sealed: Sealer, folder: Path
) -> None:
    (folder / PRIVATE_FILE).unlink()
    with pytest.raises(KeyUnusable, match="no key"):
        key_in_use(folder)

    kept = lose(folder)

    said = read_statement(kept.statement)
    assert (said.was_lost, said.replaces) == (True, sealed.key.public)
    event = Event.objects.get(verb=Verb.SEAL_KEY_LOST)
    assert event.detail_data["reason"] == "The disk failed."
    assert Sealer(key_in_use(folder), folder).work(timezone.now()) is not None
    assert list(seals_agree()) == []


def test_after_the_loss_of_the_key_the_memory_still_holds_the_record_to_what_was_signed(
    sealed: Sealer, folder: Path
) -> None:
    (folder / PRIVATE_FILE).unlink()
    remove_refusals()
    cut(2)
    lose(folder)

    with pytest.raises(RecordBroken, match="5 events were sealed"):
        Sealer(key_in_use(folder), folder).work(timezone.now())


def test_with_the_whole_folder_lost_the_newest_seal_and_a_checkpoint_from_outside_count(
    sealed: Sealer, folder: Path
) -> None:
    outside = Seal.objects.get().note
    for path in (PRIVATE_FILE, PUBLIC_FILE, FILE):
        (folder / path).unlink()
    remove_refusals()
    cut(2)
    Seal.objects.all()._raw_delete(Seal.objects.db)
    lose(folder, checkpoint=outside.replace("\n", "\r\n"))

    with pytest.raises(RecordBroken, match="5 events were sealed"):
        Sealer(key_in_use(folder), folder).work(timezone.now())


@pytest.mark.parametrize(
    ("reason", "checkpoint", "said"),
    [
        (" ", "", "Say why"),
        ("x" * 201, "", "Say why"),
        ("Lost.", "hello", "The checkpoint cannot be used"),
    ],
)
def test_a_loss_without_a_reason_or_with_a_false_checkpoint_changes_nothing(
    sealed: Sealer, folder: Path, reason: str, checkpoint: str, said: str
) -> None:
    (folder / PRIVATE_FILE).unlink()

    with pytest.raises(KeyNotReplaced, match=said):
        lose(folder, reason, checkpoint)
    assert SealKey.objects.count() == 1


def test_a_key_that_is_there_is_not_lost(sealed: Sealer, folder: Path) -> None:
    with pytest.raises(KeyNotReplaced, match="rotate_seal_key"):
        lose(folder)


def test_a_lost_memory_stops_the_sealer_until_somebody_says_why(
    sealed: Sealer, folder: Path
) -> None:
    (folder / FILE).unlink()
    with pytest.raises(MemoryUnusable, match="does not remember"):
        Sealer(sealed.key, folder).work(timezone.now())

    lose(folder, "The folder came back without its last file.")

    assert Sealer(key_in_use(folder), folder).work(timezone.now()) is not None


def test_a_backup_from_before_the_key_learns_of_the_key_from_the_sealers_folder(
    sealed: Sealer, folder: Path
) -> None:
    kept = [rotate(folder).public, rotate(folder).public]
    sealed.work(timezone.now())
    remove_refusals()
    cut(5)
    Seal.objects.filter(size__gt=5)._raw_delete(Seal.objects.db)
    SealKey.objects.filter(public__in=kept)._raw_delete(SealKey.objects.db)
    with pytest.raises(KeyUnusable, match="another key"):
        key_in_use(folder)

    call_command("accept_restore", "The disk failed.")

    assert list(SealKey.objects.order_by("pk").values_list("public", flat=True))[1:] == kept
    assert list(seals_agree()) == []
    happen(Verb.VERSION_APPROVED)
    assert Sealer(key_in_use(folder), folder).work(timezone.now()) is not None
    assert register_again(folder, actor=SETUP, now=timezone.now()) == []


def test_a_key_that_somebody_put_into_the_database_is_named(
    sealed: Sealer, folder: Path, tmp_path: Path
) -> None:
    kept = rotate(folder)
    remove_refusals()
    SealKey.objects.filter(pk=kept.pk).update(statement=SealKey.objects.earliest("pk").statement)
    assert any("is about another key" in said for said in seals_agree())

    other = make_key(tmp_path / "other", sealed.key.name)
    SealKey.objects.filter(pk=kept.pk).update(public=str(other.public), statement="x")
    assert any("does not hold" in said for said in seals_agree())


def test_a_seal_made_with_a_replaced_key_is_named(sealed: Sealer, folder: Path) -> None:
    rotate(folder)
    sealed.work(timezone.now())
    first = Seal.objects.earliest("pk")
    Seal.objects.create(size=first.size, root=first.root, note=first.note, key=first.key)

    assert list(seals_agree()) == [
        "the seal of 5 events was made with a key that was replaced before"
    ]


@pytest.mark.parametrize("content", ["", "hello", "wellkept.org/seal-key@v1\n\n— a AAAAAAAA\n"])
def test_what_is_no_statement_is_not_read(content: str) -> None:
    with pytest.raises(NotAStatement):
        read_statement(content)


def test_the_commands_say_what_they_did_and_why_they_would_not(
    sealed: Sealer, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Path(settings.SEALER_DIR) == folder
    call_command("rotate_seal_key")
    assert SealKey.objects.latest("pk").fingerprint in capsys.readouterr().out
    with pytest.raises(CommandError, match="rotate_seal_key"):
        call_command("replace_lost_seal_key", "No reason.")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("replace_lost_seal_key", "Lost.", checkpoint=folder / "none")
    for path in (folder / LATER_KEYS).glob(f"*/{PRIVATE_FILE}"):
        path.unlink()
    with pytest.raises(CommandError, match="no key"):
        call_command("rotate_seal_key")
    call_command("replace_lost_seal_key", "The disk failed.")
    assert "Nobody vouches" in capsys.readouterr().out
