"""Pictures and photos, drawn anew: what reaches a browser is never the file's own bytes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.parsers.pictures import DECODING_ERRORS
from evidence_review.evidence.gate.reasons import Code
from evidence_review.extraction.caps import PAGE_HEIGHT, PAGE_WIDTH, READING_EDGE
from evidence_review.extraction.parsers.writing import PictureSink

_FORMATS = {"jpg": ["JPEG"], "jpeg": ["JPEG"], "png": ["PNG"], "heic": ["HEIF"]}
_QUALITY = 80
_EFFORT = 2
"""Of 6: each step above costs more time than it saves room."""

Image.init()


def draw_shown(picture: Image.Image, sink: PictureSink) -> None:
    """Keep a picture for a browser."""
    sink.write(picture, "WEBP", quality=_QUALITY, method=_EFFORT)


def grey(picture: Image.Image) -> Image.Image:
    """Return a picture as a program reads it best."""
    return picture.convert("L")


def page_of_picture(work: Work) -> Findings:
    """Draw the picture upright and no larger than a page is shown."""
    sink = PictureSink(work)
    with _opened(work, (PAGE_WIDTH, PAGE_HEIGHT)) as picture:
        draw_shown(picture, sink)
    return sink.findings(1)


def scan_of_picture(work: Work) -> Findings:
    """Draw the picture upright and in grey, large enough for a program to read it."""
    sink = PictureSink(work)
    with _opened(work, (READING_EDGE, READING_EDGE)) as picture:
        sink.write(grey(picture), "PNG")
    return sink.findings(1)


@contextmanager
def _opened(work: Work, most: tuple[int, int]) -> Iterator[Image.Image]:
    """Give the picture, upright, on white, and no larger than ``most``; raises ``Refused``."""
    try:
        with Image.open(work.source, formats=_FORMATS[work.extension]) as picture:
            if picture.width * picture.height > work.limits.pixels:
                raise Refused(Code.PICTURE_TOO_LARGE)
            if picture.format == "JPEG":
                picture.draft("RGB", (max(most), max(most)))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail(most)
            yield _on_white(upright)
    except DECODING_ERRORS:
        raise Refused(Code.DAMAGED) from None


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white
