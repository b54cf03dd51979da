"""The key: made once, kept from others, and never replaced by accident."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from portal.record.notes import NoteKey, read_note
from portal.sealing.actions.register_key import register_key
from portal.sealing.models import SealKey
from portal.sealing.signing_key import (
    PRIVATE_FILE,
    PUBLIC_FILE,
    KeyUnusable,
    SigningKey,
    make_key,
    read_key,
)


def test_a_key_reads_back_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    made = make_key(tmp_path, "care.example/record")

    assert read_key(tmp_path).public == made.public
    assert (tmp_path / PRIVATE_FILE).stat().st_mode & 0o777 == 0o600


def test_a_second_key_is_not_written_over_the_first(tmp_path: Path) -> None:
    first = make_key(tmp_path, "care.example/record")

    with pytest.raises(KeyUnusable, match="never replaced"):
        make_key(tmp_path, "care.example/record")
    assert read_key(tmp_path).public == first.public


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    make_key(tmp_path, "care.example/record")
    (tmp_path / PRIVATE_FILE).chmod(0o644)

    with pytest.raises(KeyUnusable, match="Others may read"):
        read_key(tmp_path)


def test_halves_of_two_keys_are_not_used_together(tmp_path: Path) -> None:
    make_key(tmp_path / "one", "care.example/record")
    other = make_key(tmp_path / "two", "care.example/record")
    (tmp_path / "one" / PUBLIC_FILE).write_text(str(other.public), encoding="utf-8")

    with pytest.raises(KeyUnusable, match="do not belong together"):
        read_key(tmp_path / "one")


@pytest.mark.parametrize("name", [PRIVATE_FILE, PUBLIC_FILE])
@pytest.mark.parametrize("content", ["", "nonsense"])
def test_a_damaged_key_is_not_used(tmp_path: Path, name: str, content: str) -> None:
    make_key(tmp_path, "care.example/record")
    (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(KeyUnusable):
        read_key(tmp_path)


@pytest.mark.django_db
def test_the_first_key_says_of_itself_what_it_is(key: SigningKey) -> None:
    kept = SealKey.objects.get()

    assert NoteKey.from_text(kept.public) == key.public
    assert read_note(kept.statement).opened_by([key.public]) == [key.public]
    assert register_key(key, now=timezone.now()) == kept


@pytest.mark.django_db
def test_another_key_is_not_taken_in_silence(key: SigningKey, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other", "care.example/record")

    with pytest.raises(KeyUnusable, match="another key"):
        register_key(other, now=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_the_database_keeps_keys_as_they_are(key: SigningKey, statement: str) -> None:
    with pytest.raises(IntegrityError, match="refused:"), connection.cursor() as cursor:
        cursor.execute(statement.format("sealing_sealkey", "public"))
