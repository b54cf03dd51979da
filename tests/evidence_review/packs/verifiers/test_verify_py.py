"""verify.py: what it says of packs that are good, and of every way to tamper with one."""

import ast
import zipfile
import zlib
from pathlib import Path

import pytest

from evidence_review.packs.verifiers import verify
from tests.evidence_review.packs.verifiers.asking import PROGRAM, asked, kept
from tests.evidence_review.packs.verifiers.cases import (
    CASES,
    FILE,
    forked,
    good_members,
    good_pair,
    other_key,
    rotated,
)
from tests.evidence_review.packs.verifiers.reference import (
    Document,
    Key,
    Members,
    approve,
    good_record,
    members_of,
    zipped,
)

Asking = pytest.CaptureFixture[str]


def test_it_is_short_and_python_3_8() -> None:
    source = PROGRAM.read_text(encoding="utf-8")
    assert source.count("\n") <= 300
    tree = ast.parse(source, feature_version=(3, 8))
    modules = {
        one.module if isinstance(one, ast.ImportFrom) else one.names[0].name
        for one in ast.walk(tree)
        if isinstance(one, ast.Import | ast.ImportFrom)
    }
    assert modules == {"__future__", "base64", "pathlib", "typing"}
    newer = {"removeprefix", "removesuffix", "bit_count", "walk", "is_relative_to", "readlink"}
    called = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    assert not newer & called


def test_a_good_pack_passes_and_shows_its_fingerprint(tmp_path: Path, capsys: Asking) -> None:
    code, lines = asked(capsys, kept(tmp_path, zipped(good_members())))
    assert code == 0
    assert [line[:4] for line in lines] == ["PASS"] * 3 + ["NOTE"] + ["PASS"] * 4 + ["RESU"]
    shown = lines[3].replace(" ", "")
    assert Key(1).fingerprint in shown
    assert "Compare it with the one that you were given before" in lines[3]
    assert lines[-1].startswith("RESULT  If the fingerprint is the one")
    assert "does not show that nothing was left out" in lines[-1]


def test_a_pack_without_files_passes(tmp_path: Path, capsys: Asking) -> None:
    assert asked(capsys, kept(tmp_path, zipped(good_members(with_files=False))))[0] == 0


def test_every_line_is_plain_ascii(tmp_path: Path, capsys: Asking) -> None:
    for name in ("files swapped", "writing turned round"):
        _, lines = asked(capsys, kept(tmp_path, CASES[name][1]()))
        assert all(line.isascii() and line.isprintable() for line in lines)


def test_the_fingerprint_may_be_written_in_any_way(tmp_path: Path, capsys: Asking) -> None:
    pack, digits = kept(tmp_path, zipped(good_members())), Key(1).fingerprint
    pairs = ":".join(digits[at : at + 2] for at in range(0, 64, 2))
    for written in (digits, digits.upper(), pairs, f" {digits[:8]} {digits[8:]}"):
        code, lines = asked(capsys, pack, key=written)
        assert (code, lines[3][:4]) == (0, "PASS")
        assert lines[-1].startswith("RESULT  With the key that you know")


@pytest.mark.parametrize("written", ["", "x", Key(2).fingerprint, Key(1).fingerprint[:-1]])
def test_another_fingerprint_fails(tmp_path: Path, capsys: Asking, written: str) -> None:
    pack = kept(tmp_path, zipped(good_members()))
    code = verify.main([str(pack), "--key", written])
    lines = capsys.readouterr().out.splitlines()
    assert (code, lines[3][:18]) == (1, "FAIL  Fingerprint:")


@pytest.mark.parametrize("name", list(CASES))
def test_tampering_is_found(name: str, tmp_path: Path, capsys: Asking) -> None:
    title, build = CASES[name]
    code, lines = asked(capsys, kept(tmp_path, build()))
    assert code == 1
    assert lines[-2].startswith(f"FAIL  {title}: ")
    assert lines[-1].startswith("RESULT  Do not rely on this pack.")


def test_every_byte_matters(tmp_path: Path, capsys: Asking) -> None:
    """No byte of a pack is passed over, be it a file's, a header's or the ZIP's own."""
    whole = zipped(good_members())
    places = {0, 1, 4, 6, 8, 10, 14, 18, 26, 28, 30, *range(len(whole) - 22, len(whole))}
    places |= set(range(0, len(whole), 331))
    for place in sorted(places):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        code, lines = asked(capsys, kept(tmp_path, bytes(changed)))
        assert code == 1, (place, lines)


def test_every_byte_of_a_member_matters_even_when_the_zip_is_made_anew(
    tmp_path: Path, capsys: Asking
) -> None:
    """Whoever changes a file and its checksum is found by the record, in every kind of member."""
    members = good_members()
    for name, content in members.items():
        for place in {0, len(content) // 3, len(content) - 1}:
            changed = bytearray(content)
            changed[place] ^= 1
            altered: Members = {**members, name: bytes(changed)}
            assert asked(capsys, kept(tmp_path, zipped(altered)))[0] == 1, (name, place)


def test_a_pack_made_anew_with_another_key_passes_only_for_that_key(
    tmp_path: Path, capsys: Asking
) -> None:
    content, stranger = other_key()
    pack = kept(tmp_path, content)
    code, lines = asked(capsys, pack)
    assert code == 0
    assert stranger.fingerprint in lines[3].replace(" ", "")
    assert asked(capsys, pack, key=stranger.fingerprint)[0] == 0
    assert asked(capsys, pack, key=Key(1).fingerprint)[0] == 1


def test_a_key_that_was_replaced_still_vouches(tmp_path: Path, capsys: Asking) -> None:
    pack = kept(tmp_path, rotated())
    for number in (1, 2):
        assert asked(capsys, pack, key=Key(number).fingerprint)[0] == 0
    assert "you gave that of an earlier key" in asked(capsys, pack, key=Key(1).fingerprint)[1][3]


def test_a_key_that_was_lost_vouches_for_nothing(tmp_path: Path, capsys: Asking) -> None:
    pack = kept(tmp_path, rotated(lost=True))
    code, lines = asked(capsys, pack, key=Key(2).fingerprint)
    assert code == 0
    assert "but for one that replaced a lost key" in lines[1]
    assert asked(capsys, pack, key=Key(1).fingerprint)[0] == 1


def test_an_older_pack_is_the_beginning(tmp_path: Path, capsys: Asking) -> None:
    older, newer = (kept(tmp_path, one, f"{n}.zip") for n, one in enumerate(good_pair()))
    code, lines = asked(capsys, newer, older)
    assert code == 0
    assert lines[-2].startswith("PASS  Older pack: its 11 events are the beginning")
    assert asked(capsys, newer, newer)[0] == 0
    assert "Give the newer pack first" in asked(capsys, older, newer)[1][-2]


def test_two_packs_that_contradict_each_other_are_found(tmp_path: Path, capsys: Asking) -> None:
    older, newer = (kept(tmp_path, one, f"{n}.zip") for n, one in enumerate(forked()))
    assert asked(capsys, older)[0] == asked(capsys, newer)[0] == 0
    code, lines = asked(capsys, newer, older)
    assert (code, lines[-2][:17]) == (1, "FAIL  Older pack:")


def test_an_older_pack_that_was_changed_is_found(tmp_path: Path, capsys: Asking) -> None:
    older, newer = good_pair()
    members = good_members()
    members["record/events/2.json"] = members["record/events/2.json"].replace(b"p-up", b"p-no")
    one, two = kept(tmp_path, newer), kept(tmp_path, zipped(members), "older.zip")
    assert "record/events/2.json is not the same in both" in asked(capsys, one, two)[1][-2]
    for wrong in (older[:-5], b"", other_key()[0]):
        two = kept(tmp_path, wrong, "older.zip")
        assert asked(capsys, one, two)[1][-2].startswith("FAIL  Older pack: ")


def test_it_finds_the_pack_beside_it_and_says_how_it_is_used(
    tmp_path: Path, capsys: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "unzipped"
    home.mkdir()
    monkeypatch.setattr(verify, "__file__", str(home / "verify.py"))
    for words in ([], ["--help"], [str(home)], [str(home / "none.zip")], ["a", "b", "c"]):
        assert verify.main(list(words)) == 1
        assert capsys.readouterr().out.startswith("Name one pack")
    kept(tmp_path, zipped(good_members()))
    assert verify.main([]) == 0


def test_sizes_that_no_pack_has_are_refused_unread(tmp_path: Path, capsys: Asking) -> None:
    """A list of a gigabyte, or a directory that fills the file, is refused before it is read."""
    path = kept(tmp_path, b"")
    with path.open("r+b") as file:
        file.truncate(2 * 2**30)
    end = b"PK\x05\x06" + bytes(6) + b"\xff\xff" + (2**30).to_bytes(4, "little")
    with path.open("r+b") as file:
        file.seek(-22, 2)
        file.write(end + bytes(6))
    assert asked(capsys, path)[1][-2].startswith("FAIL  Package: the ZIP is not whole")
    large = zipped({**good_members(), "record/keys.txt": bytes(2**20 + 1)})
    assert "record/keys.txt is too large" in asked(capsys, kept(tmp_path, large))[1][-2]


def test_a_file_with_a_wrong_checksum_fails_though_its_hash_is_right(
    tmp_path: Path, capsys: Asking
) -> None:
    whole, content = zipped(good_members()), good_members()[FILE]
    crc = zlib.crc32(content).to_bytes(4, "little")
    assert whole.count(crc) == 2
    pack = kept(tmp_path, whole.replace(crc, b"\x01\x02\x03\x04"))
    assert asked(capsys, pack)[1][-2] == f"FAIL  Files: {FILE} has changed."


def test_a_large_pack_is_read_as_a_small_one(
    tmp_path: Path, capsys: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ZIP64, tried with a limit that small packs reach: what needs it and what does not, mixed."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1200)
    monkeypatch.setattr(verify, "HALF", 1200)
    record, documents = good_record()
    sizes = [1199, 1150, 1142, 1201, 3000]
    documents += [approve(record, Document(f"ev-{size}", "Large", bytes(size))) for size in sizes]
    pack = kept(tmp_path, zipped(members_of(record, documents)))
    assert pack.read_bytes()[-42:-38] == b"PK\x06\x07"
    assert asked(capsys, pack)[0] == 0
    changed = bytearray(pack.read_bytes())
    for place in range(len(changed) - 98, len(changed)):
        changed[place] ^= 4
        assert asked(capsys, kept(tmp_path, bytes(changed)))[0] == 1, place
        changed[place] ^= 4
