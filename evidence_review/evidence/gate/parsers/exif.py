"""EXIF without the place a photo was taken at."""

import contextlib
import struct
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image

EXIF_START = b"Exif\x00\x00"
_GPS, _DETAILS = int(ExifTags.IFD.GPSInfo), int(ExifTags.IFD.Exif)
_LEFT_OUT = frozenset({_GPS, _DETAILS, int(ExifTags.IFD.Interop), int(ExifTags.IFD.MakerNote)})
_KEPT_IN_NEED = frozenset({int(ExifTags.Base.Orientation), int(ExifTags.Base.DateTime)})
_UNREADABLE = (
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    OSError,
    struct.error,
    Warning,
)
"""What Pillow raises on broken EXIF."""


def has_place(block: bytes) -> bool:
    """Whether an EXIF block (TIFF header first) holds a place, or cannot be read to know."""
    try:
        with _strict():
            exif = _read(block)
            return not len(exif) or _GPS in exif or _GPS in exif.get_ifd(_DETAILS)
    except _UNREADABLE:
        return True


def without_place(block: bytes) -> bytes:
    """The same block written anew without the place.

    The maker's notes go too, they may hold places of their own; orientation and date stay. A block
    that cannot be read becomes b"".
    """
    try:
        with _strict():
            before = _read(block)
            details = before.get_ifd(_DETAILS)
            return _written(
                {tag: before[tag] for tag in before if tag not in _LEFT_OUT},
                {tag: value for tag, value in details.items() if tag not in _LEFT_OUT},
            )
    except _UNREADABLE:
        return _bare(block)


def _bare(block: bytes) -> bytes:
    """Only what turns the picture the right way up, when the rest does not survive rewriting."""
    try:
        with _strict():
            before = _read(block)
            return _written({tag: before[tag] for tag in _KEPT_IN_NEED if tag in before}, {})
    except _UNREADABLE:
        return b""


@contextlib.contextmanager
def _strict() -> Iterator[None]:
    """Pillow only warns about EXIF it cannot follow, and goes on with what it has."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _read(block: bytes) -> Image.Exif:
    exif = Image.Exif()
    exif.load(block)
    return exif


def _written(values: dict[int, object], details: dict[int, object]) -> bytes:
    if not values and not details:
        return b""
    exif = Image.Exif()
    exif.update(values)
    if details:
        exif[_DETAILS] = details
    return exif.tobytes().removeprefix(EXIF_START)
