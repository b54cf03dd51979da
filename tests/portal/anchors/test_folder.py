"""A folder gets new files and never loses one."""

import errno
import os
from pathlib import Path

import pytest

from portal.anchors.places.folder import folder_place
from portal.anchors.places.place import NotKept
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from tests.portal.anchors.conftest import seal_again

pytestmark = pytest.mark.django_db


def contents(folder: Path) -> list[str]:
    """Return what the files hold, in the order of their names."""
    return [path.read_text() for path in sorted(folder.iterdir())]


def test_each_seal_is_a_new_file_that_is_the_checkpoint(
    seal: Seal, sealer: Sealer, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    place = folder_place(outside)

    place.keep(seal)
    place.keep(seal)
    newer = seal_again(sealer)
    place.keep(newer)

    assert sorted(contents(outside)) == sorted([seal.note, newer.note])
    assert all(path.stat().st_mode & 0o222 == 0 for path in outside.iterdir())


def test_a_file_that_is_there_is_never_written_over(seal: Seal, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder_place(outside).keep(seal)
    (file,) = outside.iterdir()
    file.chmod(0o644)
    file.write_text("half of a chec")

    folder_place(outside).keep(seal)

    assert contents(outside) == [seal.note, "half of a chec"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "no room"),
        (errno.EACCES, "may not write"),
        (errno.EROFS, "can only be read"),
        (errno.EIO, "does not work"),
    ],
)
def test_a_disk_that_refuses_is_told_in_a_sentence(
    seal: Seal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    def refusing(*args: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("portal.anchors.places.folder.os.fsync", refusing)

    with pytest.raises(NotKept, match=said):
        folder_place(tmp_path).keep(seal)


def test_a_folder_that_is_not_there_or_a_file_is_told(seal: Seal, tmp_path: Path) -> None:
    with pytest.raises(NotKept, match="is not there"):
        folder_place(tmp_path / "nowhere").keep(seal)
    (tmp_path / "file").write_text("")
    with pytest.raises(NotKept, match="names a file"):
        folder_place(tmp_path / "file").keep(seal)
