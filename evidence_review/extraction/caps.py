"""How much is taken out of one file at most. Read by the parsers too, so nothing here is Django's.

A file may ask for anything; what comes out is bounded all the same, and so is the time it takes.
"""

from evidence_review.evidence.gate.limits import MEGABYTE, Limits

MOST_CHARACTERS = 1_000_000
"""So much of a text is kept."""
MOST_PAGES = 20
"""So many pages are drawn."""
PAGE_WIDTH = 1_200
"""The width of a drawn page in pixels; a picture that is smaller stays as it is."""
PAGE_HEIGHT = 3_600
MOST_READ_PAGES = 10
"""So many pages without text are read from their picture."""
READING_EDGE = 2_600
"""The longer side, in pixels, of a picture that is to be read: about 220 dots an inch on A4."""
STOP_AFTER_SECONDS = 15.0
"""A parser between two pages stops by itself after so long and keeps what it has."""

_MEMORY = 768 * MEGABYTE
TEXT_LIMITS = Limits(max_bytes=8 * MEGABYTE, memory_bytes=_MEMORY)
"""``max_bytes`` is what the child may write: the text in UTF-8."""
PICTURE_LIMITS = Limits(max_bytes=48 * MEGABYTE, memory_bytes=_MEMORY)
