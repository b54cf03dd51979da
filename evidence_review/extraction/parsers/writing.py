"""Where a parser's results go: text up to a length, pictures one after the other."""

import io
import re
import time
from types import TracebackType
from typing import Self

from PIL import Image

from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.reasons import Code
from evidence_review.extraction.caps import MOST_CHARACTERS, STOP_AFTER_SECONDS

PAGE_END = "\f"
"""Between two pages, slides or sheets, and nowhere else."""
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_LINE_END = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")


class Enough(Exception):
    """Raised by a sink that takes no more; nothing is wrong."""


class TextSink:
    """Takes text and writes it out as UTF-8, as much as is kept; counts pages where there are any.

    Control characters and halves of characters are left out: no database takes them. Used as a
    context it swallows ``Enough``, which :meth:`write` raises once the text is as long as is kept.
    """

    def __init__(self, work: Work) -> None:
        if work.output is None:
            raise Refused(Code.COULD_NOT_CHECK)
        self._output = work.output
        self._stop_at = time.monotonic() + STOP_AFTER_SECONDS
        self.characters = 0
        self.pages = 0
        self.is_cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        return kind is not None and issubclass(kind, Enough)

    def write(self, text: str) -> None:
        """Keep some text, or the part of it that still fits."""
        tidy = _UNWANTED.sub("", _LINE_END.sub("\n", text))
        left = MOST_CHARACTERS - self.characters
        kept = tidy[:left]
        self._output.write(kept.encode("utf-8", "ignore"))
        self.characters += len(kept)
        if len(tidy) > left or time.monotonic() > self._stop_at:
            self.is_cut = True
            raise Enough

    def end_page(self) -> None:
        """Begin a new page, slide or sheet."""
        self.pages += 1
        self.write(PAGE_END)

    def findings(self) -> Findings:
        """Return what the portal is told of the text."""
        self._output.flush()
        return Findings(facts={"pages": self.pages, "is_cut": int(self.is_cut)})


class PictureSink:
    """Writes pictures one after the other, each behind its length in four bytes."""

    def __init__(self, work: Work) -> None:
        if work.output is None:
            raise Refused(Code.COULD_NOT_CHECK)
        self._output = work.output
        self._stop_at = time.monotonic() + STOP_AFTER_SECONDS
        self.shown = 0

    @property
    def is_late(self) -> bool:
        """Whether it is time to stop with the pictures made so far."""
        return time.monotonic() > self._stop_at

    def write(self, picture: Image.Image, form: str, **options: object) -> None:
        """Keep one picture in a format of Pillow's."""
        packed = io.BytesIO()
        picture.save(packed, form, **options)
        self._output.write(packed.tell().to_bytes(4, "big"))
        self._output.write(packed.getbuffer())
        self.shown += 1

    def findings(self, pages: int) -> Findings:
        """Return what the portal is told: how many pages there are, how many are drawn."""
        self._output.flush()
        return Findings(facts={"pages": pages, "shown": self.shown})
