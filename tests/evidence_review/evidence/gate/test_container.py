"""ZIP containers: read strictly, judged before they are unpacked."""

import io
import mmap
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_review.evidence.gate import Limits
from evidence_review.evidence.gate.parsers.container import read_members, unpack
from evidence_review.evidence.gate.parsers.findings import Refused
from tests.evidence_review.evidence.gate.conftest import Parse
from tests.files import office, packages

PARTS = office.word_parts()
GOOD = packages.pack(PARTS)
MEGABYTE = 1024 * 1024


def with_more(**parts: bytes) -> bytes:
    return packages.pack({**PARTS, **{f"x/{name}": data for name, data in parts.items()}})


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        packages.pack(PARTS, method=zipfile.ZIP_STORED),
        packages.pack({**PARTS, "word/": b"", "empty.xml": b""}),
        packages.streamed(PARTS),
        packages.streamed({**PARTS, "x.bin": bytes(range(256)) * 5000}),
    ],
    ids=["deflated", "stored", "folders", "streamed", "long part"],
)
def test_containers_as_office_programs_write_them_are_read(parse: Parse, data: bytes):
    assert parse(data, "docx").codes == []


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(members=3), "too_many_parts"),
        (Limits(unpacked_bytes=500), "unpacks_too_big"),
        (Limits(member_bytes=100), "unpacks_too_big"),
        (Limits(xml_bytes=100), "unpacks_too_big"),
    ],
)
def test_each_limit_holds(parse: Parse, limits: Limits, code: str):
    assert parse(GOOD, "docx", limits).codes == [code]


def test_the_ratio_holds_for_the_whole_file(parse: Parse):
    data = with_more(**{f"p{number}.bin": b"\0" * 900_000 for number in range(5)})
    assert parse(data, "docx").codes == ["packed_too_tight"]


def test_the_ratio_holds_for_one_large_part_among_others(parse: Parse):
    filler = bytes(range(256)) * 4
    incompressible = b"".join(
        bytes(byte ^ (number * 37 % 251) for byte in filler) for number in range(400)
    )
    parts = {**PARTS, "a.bin": b"\0" * 3 * MEGABYTE, "b.bin": incompressible}
    data = packages.pack(parts, stored=("b.bin",))
    assert sum(len(part) for part in parts.values()) < 100 * len(data)
    assert parse(data, "docx").codes == ["packed_too_tight"]


def test_a_small_part_may_be_packed_tightly(parse: Parse):
    assert parse(with_more(a=b"\0" * 30_000, b=bytes(range(256)) * 4), "docx").codes == []


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "./evil",
        "a//evil",
        "a\\evil",
        "C:evil",
        "a/evil\x01",
        "a/..",
    ],
)
def test_no_part_leads_out_of_the_file(parse: Parse, name: str):
    assert parse(packages.with_part_named(PARTS, name), "docx").codes == ["unsafe_parts"]


def test_a_folder_with_contents_is_refused(parse: Parse):
    assert parse(packages.with_part_named(PARTS, "word/x/"), "docx").codes == ["unsafe_parts"]


@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.XML"])
def test_no_two_parts_share_a_name(parse: Parse, name: str):
    assert parse(packages.with_duplicate(PARTS, name), "docx").codes == ["unsafe_parts"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" + GOOD, "extra_data"),
        (GOOD + b"x", "extra_data"),
        (GOOD[:-22] + b"gap" + GOOD[-22:], "extra_data"),
        (GOOD[:-2] + b"\x01\x00x", "extra_data"),
        (GOOD[:-30], "damaged"),
        (GOOD[:40] + GOOD[50:], "damaged"),
        (b"PK\x03\x04", "damaged"),
        (packages.with_other_local_name(GOOD, "_rels/.rels", "_rels/.evil"), "unsafe_parts"),
        (packages.with_lying_size(GOOD, 5), "unsafe_parts"),
        (packages.with_lying_size(GOOD, 5000), "damaged"),
        (packages.overlapping(PARTS), "unsafe_parts"),
    ],
)
def test_every_reader_must_see_the_same_parts(parse: Parse, data: bytes, code: str):
    assert parse(data, "docx").codes == [code]


def test_a_part_that_was_changed_is_noticed(parse: Parse):
    data = packages.pack(PARTS, method=zipfile.ZIP_STORED)
    assert parse(data.replace(b"Policy", b"Polizy"), "docx").codes == ["damaged"]


@pytest.mark.parametrize(
    "inner",
    [
        packages.pack({"a": b"a"}),
        b"PK\x05\x06" + b"\0" * 18,
        b"7z\xbc\xaf\x27\x1c\0\0",
        b"Rar!\x1a\x07\x01\x00",
        b"\x1f\x8b\x08\0",
        b"BZh91AY",
        b"\xfd7zXZ\0",
        b"MSCF\0\0\0\0",
        b"\0" * 257 + b"ustar\0",
    ],
)
def test_an_archive_inside_is_found_by_its_bytes(parse: Parse, inner: bytes):
    assert parse(with_more(**{"picture.png": inner}), "docx").codes == ["nested_archive"]


@pytest.mark.parametrize(
    "inner",
    [
        b"%PDF-1.7\n",
        b"MZ\x90\x00\x03",
        b"\x7fELF",
        b"{\\rtf1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"  <HTML><script>1</script></HTML>",
        b"\xef\xbb\xbf<!DOCTYPE html><html></html>",
    ],
)
def test_a_file_inside_is_found_by_its_bytes(parse: Parse, inner: bytes):
    assert parse(with_more(**{"picture.png": inner}), "docx").codes == ["embedded_object"]


def test_a_part_that_asks_for_a_newer_format_is_refused():
    newer = bytearray(GOOD)
    newer[GOOD.index(b"PK\x01\x02") + 6] = 64
    with mmap.mmap(-1, len(newer)) as held:
        held[:] = bytes(newer)
        with pytest.raises(Refused):
            read_members(held, Limits())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_package_with_any_byte_changed_never_makes_the_reader_fail(data: st.DataObject):
    changed = bytearray(GOOD)
    at = data.draw(st.integers(0, len(GOOD) - 1))
    changed[at] = data.draw(st.integers(0, 255))
    _read_all(bytes(changed))


def _read_all(data: bytes) -> None:
    """Only ``Refused`` may come out of the reader, and what it accepts, zipfile reads alike."""
    with mmap.mmap(-1, len(data)) as held:
        held[:] = data
        try:
            read = {
                member.name: b"".join(unpack(held, member))
                for member in read_members(held, Limits())
            }
        except Refused:
            return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == read
