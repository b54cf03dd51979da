"""Preparing photos: the place goes, the picture stays."""

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageChops

from evidence_review.evidence.gate import FIRST_BYTES, Limits, needs_preparing, prepare_photo
from evidence_review.evidence.gate.photos import PreparedPhoto
from evidence_review.evidence.gate.room import Room
from tests.evidence_review.evidence.gate.conftest import Judge
from tests.files import packages, pdfs, pictures
from tests.files.pictures import exif

GPS, DETAILS = ExifTags.IFD.GPSInfo, ExifTags.IFD.Exif


class Bench:
    """Prepares bytes and keeps hold of both files."""

    def __init__(self, folder: Path) -> None:
        self.source, self.target = folder / "sent", folder / "kept"

    def prepare(
        self, data: bytes, *, keep_location: bool = False, limits: Limits | None = None
    ) -> PreparedPhoto:
        self.source.write_bytes(data)
        return prepare_photo(self.source, self.target, keep_location=keep_location, limits=limits)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def same_pixels(one: bytes, other: bytes) -> bool:
    with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
        return ImageChops.difference(first.convert("RGB"), second.convert("RGB")).getbbox() is None


@pytest.mark.parametrize(
    ("data", "extension"),
    [(pictures.jpg(exif=exif()), "jpg"), (pictures.png(exif=exif()), "png")],
    ids=["jpg", "png"],
)
def test_the_place_is_taken_out_and_nothing_else(
    bench: Bench, judge: Judge, data: bytes, extension: str
):
    prepared = bench.prepare(data)
    assert prepared == PreparedPhoto(
        changed=True, path=bench.target, extension=extension, note="Location removed"
    )
    kept = bench.target.read_bytes()
    with Image.open(io.BytesIO(kept)) as picture:
        block = picture.getexif()
        assert GPS not in block
        assert block[ExifTags.Base.Orientation] == 6
        assert block.get_ifd(DETAILS)[ExifTags.Base.DateTimeOriginal] == pictures.TAKEN
    assert b"51.5074" not in kept
    assert same_pixels(data, kept)
    assert judge(f"a.{extension}", kept).accepted


def test_the_picture_data_of_a_jpg_is_copied_byte_for_byte(bench: Bench):
    data = pictures.jpg(exif=exif(), quality=95)
    bench.prepare(data)
    quantisation = data.index(b"\xff\xdb")
    assert bench.target.read_bytes().endswith(data[quantisation:])


@pytest.mark.parametrize(
    "data",
    [
        pictures.jpg_with_xmp_place(),
        pictures.png_with_xmp_place(),
        pictures.png_with_packed_place(),
    ],
    ids=["jpg", "png", "png, packed"],
)
def test_a_place_in_xmp_is_taken_out(bench: Bench, data: bytes):
    prepared = bench.prepare(data)
    assert (prepared.changed, prepared.note) == (True, "Location removed")
    kept = bench.target.read_bytes()
    assert b"GPSLatitude" not in kept
    assert b"XML:com.adobe.xmp" not in kept
    assert same_pixels(data, kept)


@pytest.mark.parametrize(
    "data",
    [
        pictures.jpg(),
        pictures.jpg(exif=exif(place=False)),
        pictures.jpg(xmp=b"<x:xmpmeta>rated 5</x:xmpmeta>"),
        pictures.png(),
        pictures.png(exif=exif(place=False)),
    ],
    ids=["bare jpg", "jpg", "jpg with xmp", "bare png", "png"],
)
def test_a_photo_without_a_place_stays_as_it_is(bench: Bench, data: bytes):
    prepared = bench.prepare(data)
    assert (prepared.changed, prepared.path, prepared.note) == (False, bench.source, "")
    assert bench.target.read_bytes() == b""


@pytest.mark.parametrize("data", [pictures.jpg(exif=exif()), pictures.png(exif=exif())])
def test_a_person_may_keep_the_place_on_purpose(bench: Bench, data: bytes):
    prepared = bench.prepare(data, keep_location=True)
    assert (prepared.changed, prepared.reasons) == (False, [])


@pytest.mark.parametrize("keep_location", [False, True])
def test_a_heic_becomes_a_jpg(bench: Bench, judge: Judge, keep_location: bool):
    prepared = bench.prepare(pictures.heic(exif=exif()), keep_location=keep_location)
    assert (prepared.changed, prepared.extension) == (True, "jpg")
    assert prepared.note == "Converted from HEIC to JPG" + (
        "" if keep_location else ". Location removed"
    )
    with Image.open(bench.target) as picture:
        assert picture.format == "JPEG"
        assert (GPS in picture.getexif()) is keep_location
        assert picture.getexif()[ExifTags.Base.DateTime] == pictures.TAKEN
    assert judge("a.jpg", bench.target.read_bytes()).accepted


def test_a_heic_without_a_place_does_not_say_one_was_removed(bench: Bench):
    assert bench.prepare(pictures.heic()).note == "Converted from HEIC to JPG"


@pytest.mark.parametrize("keep_location", [False, True])
@pytest.mark.parametrize(
    "data", [pictures.jpg_with_motion(), pictures.jpg_of_two()], ids=["live photo", "two pictures"]
)
def test_what_phones_hang_behind_a_photo_is_taken_off(
    bench: Bench, judge: Judge, keep_location: bool, data: bytes
):
    assert needs_preparing(data[:FIRST_BYTES], "jpg")
    assert not judge("a.jpg", data).accepted
    prepared = bench.prepare(data, keep_location=keep_location)
    assert prepared.note == "Data after the picture removed"
    kept = bench.target.read_bytes()
    assert kept.endswith(b"\xff\xd9")
    assert b"MPF\0" not in kept
    assert judge("a.jpg", kept).accepted


def test_what_hangs_behind_a_png_is_taken_off(bench: Bench):
    data = pictures.png()
    assert bench.prepare(data + b"rest of an older screenshot").changed
    assert bench.target.read_bytes() == data


@pytest.mark.parametrize(
    "damage",
    [
        lambda block: block.replace(b"*\0\x08\0\0\0", b"*\0\xff\xff\xff\x7f"),
        lambda block: block.replace(b"II*\0", b"XX*\0"),
        lambda block: block[:20] + b"\xff" * (len(block) - 20),
    ],
    ids=["leads nowhere", "no byte order", "garbage"],
)
def test_broken_exif_is_dropped_rather_than_trusted(bench: Bench, damage):
    block = exif().tobytes()
    data = pictures.jpg(exif=block).replace(block, damage(block))
    prepared = bench.prepare(data)
    assert (prepared.changed, prepared.note) == (True, "Location removed")
    kept = bench.target.read_bytes()
    assert b"51.5074" not in kept
    assert same_pixels(pictures.jpg(), kept)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pictures.jpg()[:-60], "damaged"),
        (pictures.png()[:-20], "damaged"),
        (pictures.heic()[:-60], "damaged"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "damaged"),
        (pdfs.pdf(), "damaged"),
        (b"", "damaged"),
    ],
)
def test_what_is_no_photo_is_refused_and_leaves_nothing(bench: Bench, data: bytes, code: str):
    prepared = bench.prepare(data)
    assert [found.code for found in prepared.reasons] == [code]
    assert not prepared.changed
    assert bench.target.read_bytes() == b""


def test_a_photo_larger_than_the_limit_is_refused(bench: Bench):
    prepared = bench.prepare(pictures.heic(), limits=Limits(pixels=1000))
    assert [found.code for found in prepared.reasons] == ["picture_too_large"]


def test_a_photo_that_takes_too_long_is_refused(bench: Bench):
    prepared = bench.prepare(pictures.heic(), limits=Limits(seconds=0))
    assert [found.code for found in prepared.reasons] == ["could_not_check"]


def test_the_kept_photo_is_readable_by_its_owner_alone(bench: Bench):
    bench.prepare(pictures.heic())
    assert bench.target.stat().st_mode & 0o777 == 0o600


def test_an_existing_target_is_written_over(bench: Bench):
    bench.target.write_bytes(b"x" * 100_000)
    bench.prepare(pictures.png() + b"tail")
    assert bench.target.read_bytes() == pictures.png()


def test_a_parser_that_fails_is_a_refusal(rogue_room: Room, tmp_path: Path):
    (tmp_path / "a").write_bytes(pictures.jpg())
    prepared = prepare_photo(tmp_path / "a", tmp_path / "b", keep_location=False, room=rogue_room)
    assert [found.code for found in prepared.reasons] == ["could_not_check"]


@pytest.mark.parametrize(
    ("data", "extension", "expected"),
    [
        (pictures.heic(), "heic", True),
        (pictures.heic(), "HEIC", True),
        (pictures.jpg(exif=exif()), "jpg", True),
        (pictures.jpg_with_xmp_place(), "jpeg", True),
        (pictures.jpg(), "jpg", False),
        (b"\xff\xd8" + b"\xff\xfe\x40\x00" + b"c" * FIRST_BYTES, "jpg", True),
        (pictures.png(), "png", False),
        (pictures.png(exif=exif()), "png", True),
        (pictures.png_with_packed_place(), "png", True),
        (pictures.png() + b"\0" * FIRST_BYTES, "png", True),
        (pdfs.pdf(), "pdf", False),
        (packages.pack({"a": b"a"}), "docx", False),
    ],
)
def test_the_request_can_tell_which_photos_need_work(data: bytes, extension: str, expected: bool):
    assert needs_preparing(data[:FIRST_BYTES], extension) is expected
