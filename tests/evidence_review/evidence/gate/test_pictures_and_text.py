"""Pictures that are more, or less, than a picture; and text that is not text."""

import pytest

from evidence_review.evidence.gate import Limits
from tests.evidence_review.evidence.gate.conftest import Parse
from tests.files import packages, pictures


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (pictures.jpg(), "jpg"),
        (pictures.jpg(progressive=True), "jpg"),
        (pictures.jpg(exif=pictures.exif()), "jpg"),
        (pictures.jpg() + b"\0" * 512, "jpg"),
        (pictures.png(), "png"),
        (pictures.png() + b"\r\n", "png"),
        (pictures.heic(), "heic"),
    ],
)
def test_a_picture_is_accepted_with_its_size(parse: Parse, data: bytes, extension: str):
    findings = parse(data, extension)
    assert (findings.codes, findings.facts) == ([], {"width": 64, "height": 48})


@pytest.mark.parametrize("tail", [packages.pack({"a": b"a"}), b"<?php ?>", b"MZ", b"\0" * 70_000])
@pytest.mark.parametrize(
    ("data", "extension"), [(pictures.jpg(), "jpg"), (pictures.png(), "png")], ids=["jpg", "png"]
)
def test_nothing_may_hang_behind_a_picture(parse: Parse, data: bytes, extension: str, tail: bytes):
    assert parse(data + tail, extension).codes == ["extra_data"]


def test_a_zip_that_hides_behind_padding_is_found(parse: Parse):
    data = pictures.heic()
    box = (len(packages.pack({"a": b"a"})) + 8).to_bytes(4, "big") + b"free"
    assert parse(data + box + packages.pack({"a": b"a"}), "heic").codes == ["extra_data"]


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (pictures.jpg()[:200], "jpg"),
        (pictures.jpg()[:-2], "jpg"),
        (b"\xff\xd8\xff\xd9", "jpg"),
        (b"\xff\xd8\xff\xe0\x00\x01", "jpg"),
        (b"\xff\xd8\xff", "jpg"),
        (pictures.png()[:60], "png"),
        (pictures.png().replace(b"IDAT", b"IDAX"), "png"),
        (pictures.heic()[:300], "heic"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "heic"),
    ],
)
def test_a_broken_picture_is_damaged(parse: Parse, data: bytes, extension: str):
    assert parse(data, extension).codes == ["damaged"]


def test_a_png_with_a_flipped_bit_is_damaged(parse: Parse):
    data = bytearray(pictures.png())
    data[len(data) // 2] ^= 1
    assert parse(bytes(data), "png").codes == ["damaged"]


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (pictures.huge_png(), "png"),
        (pictures.jpg(size=(200, 200)), "jpg"),
        (pictures.heic(size=(200, 200)), "heic"),
    ],
)
def test_the_number_of_pixels_has_a_limit(parse: Parse, data: bytes, extension: str):
    assert parse(data, extension, Limits(pixels=30_000)).codes == ["picture_too_large"]


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (b"one line", {"lines": 1, "encoding": "utf-8-sig"}),
        (b"tab\tand\r\nline end\x0c\n", {"lines": 3, "encoding": "utf-8-sig"}),
        ("caf\u00e9".encode("cp1252"), {"lines": 1, "encoding": "cp1252"}),
        ("caf\u00e9\n\U0001f600".encode("utf-16"), {"lines": 2, "encoding": "utf-16"}),
        (("\u00e9" * 700_000).encode(), {"lines": 1, "encoding": "utf-8-sig"}),
    ],
    ids=["ascii", "controls", "cp1252", "utf-16", "over a megabyte"],
)
def test_text_is_accepted(parse: Parse, data: bytes, facts: dict[str, int | str]):
    findings = parse(data, "txt")
    assert (findings.codes, findings.facts) == ([], facts)


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        b"a\x1bb",
        b"a\x08b",
        b"x" * 2_000_000 + b"\0",
        b"x" * 2_000_000 + b"\x81",
        "caf\u00e9".encode("utf-16")[:-1],
        "caf\u00e9".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8",
    ],
    ids=["nul", "escape", "backspace", "late nul", "late byte", "half", "no mark", "half pair"],
)
def test_what_is_not_text_is_refused(parse: Parse, data: bytes):
    assert parse(data, "txt").codes == ["not_text"]


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|'/C calc'!A0",
        "\"=cmd|'/C calc'!A0\"",
        "+cmd|'/C calc'!A0",
        "-cmd|'/C calc'!A0",
        "@SUM(1+1)*cmd|'/C calc'!A0",
        " =cmd|'/C calc'!A0",
        '=DDE("cmd","/c","x")',
    ],
)
@pytest.mark.parametrize("before", ["", "name,", "name;", "a,b\r\n", "x" * 1_048_570 + "\n"])
def test_dde_in_a_csv_cell_is_refused(parse: Parse, before: str, cell: str):
    assert parse((before + cell).encode(), "csv").codes == ["dde"]


@pytest.mark.parametrize(
    "text",
    ["a|b|c\r\n-5|Great!|x\r\n", "=SUM(A1:A9),=A1\r\n", '-,+44 20,@home,"=A1&""|""&B1"\r\n'],
)
def test_tables_that_people_keep_are_accepted(parse: Parse, text: str):
    assert parse(text.encode(), "csv").codes == []
