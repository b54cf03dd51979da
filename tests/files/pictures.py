"""JPG, PNG and HEIC pictures, with and without the place they were taken at."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

XMP_WITH_PLACE = b'<x:xmpmeta><rdf exif:GPSLatitude="51,30.5N"/></x:xmpmeta>'
TAKEN = "2027:06:30 12:00:00"


def exif(*, place: bool = True) -> Image.Exif:
    """What a phone writes: camera, date, which way up, a maker's note and (perhaps) the place."""
    block = Image.Exif()
    block[0x010F] = "Phone"
    block[0x0112] = 6
    block[0x0132] = TAKEN
    block[0x8769] = {0x9003: TAKEN, 0x927C: b"made at 51.5074"}
    if place:
        block[0x8825] = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)}
    return block


def _drawn(size: tuple[int, int] = (64, 48)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB")


def _saved(form: str, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    written = io.BytesIO()
    _drawn(size).save(written, form, **options)
    return written.getvalue()


def jpg(**options: object) -> bytes:
    """A JPG; options go to Pillow's save."""
    return _saved("JPEG", **options)  # type: ignore[arg-type]  # passed on as they are


def png(**options: object) -> bytes:
    """A PNG; options go to Pillow's save."""
    return _saved("PNG", **options)  # type: ignore[arg-type]  # passed on as they are


def heic(**options: object) -> bytes:
    """A HEIC picture; options go to Pillow's save."""
    return _saved("HEIF", **options)  # type: ignore[arg-type]  # passed on as they are


def jpg_with_xmp_place() -> bytes:
    """A JPG whose place is only in its XMP packet."""
    return jpg(xmp=XMP_WITH_PLACE)


def jpg_with_motion() -> bytes:
    """A "live" photo: a short video hangs behind the picture."""
    return jpg(exif=exif(place=False)) + struct.pack(">L", 24) + b"ftypmp42" + b"\0" * 400


def jpg_of_two() -> bytes:
    """What phones with two lenses write: a second picture hangs behind the first."""
    return _saved("MPO", save_all=True, append_images=[_drawn((32, 24))])


def png_with_xmp_place() -> bytes:
    """A PNG whose place is in an uncompressed text chunk."""
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP_WITH_PLACE.decode())
    return png(pnginfo=info)


def png_with_packed_place() -> bytes:
    """The same in a compressed chunk."""
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP_WITH_PLACE.decode(), "en", "XMP", zip=True)
    return png(pnginfo=info)


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def huge_png(width: int = 20_000, height: int = 20_000) -> bytes:
    """A few hundred bytes that say they are 400 million pixels."""
    header = struct.pack(">2L5B", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 4096)
    pieces = (chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(pieces)
