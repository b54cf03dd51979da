"""Reading text from a picture with tesseract, where it is installed; its absence is no error.

The program is not ours and opens its own files, so the parsers' child cannot run it. It is started
through ``shut_in``, which takes the network and most else away from it, and under bubblewrap where
that works; it gets a picture that the child has drawn anew, and only its output is read.
"""

import logging
import shutil
import subprocess
import sys

from django.conf import settings

from evidence_review.evidence.gate.sandbox import environment, wrapped

log = logging.getLogger(__name__)
_SHUT_IN = "evidence_review.extraction.shut_in"
_LONGEST_ANSWER = 200_000


def ocr_is_there() -> bool:
    """Whether pictures can be read here."""
    return _program() is not None


def _program() -> str | None:
    return shutil.which(settings.OCR_PROGRAM) if settings.OCR_PROGRAM else None


def read_scan(picture: bytes) -> str:
    """Return the text in one picture; nothing when the program fails or takes too long."""
    program = _program()
    if program is None:
        return ""
    command = [sys.executable, "-P", "-s", "-B", "-m", _SHUT_IN, program]
    try:
        done = subprocess.run(
            wrapped([*command, "stdin", "stdout", "-l", settings.OCR_LANGUAGE]),
            input=picture,
            capture_output=True,
            timeout=settings.OCR_PAGE_SECONDS,
            check=False,
            env=environment() | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        log.warning("A page could not be read from its picture in time")
        return ""
    if done.returncode != 0:
        log.warning("A page could not be read from its picture: exit %s", done.returncode)
        return ""
    return done.stdout[:_LONGEST_ANSWER].decode("utf-8", "ignore").replace("\f", "\n")
