"""The look inside the kept files: their text and the pictures of their pages."""

from config.settings.environment import DATA_DIR, env

CLEAN_FOLLOWERS = ["evidence_review.extraction.actions.ask.version_is_clean"]
"""Functions ``(version)`` of upper rooms, called in the transaction in which it becomes clean."""
TEXT_FOLLOWERS = ["search.receivers.text_kept"]
"""Functions ``(sha256)`` of upper rooms, called in the transaction that keeps the text inside."""

PAGE_PICTURES_DIR = DATA_DIR / "page-pictures"
"""A cache: whatever is lost here is drawn again when somebody looks."""
PAGE_PICTURES_MAX_BYTES = env.int("PORTAL_PAGE_PICTURES_MAX_MB", default=2_000) * 1024 * 1024
"""What was looked at longest ago goes first."""

OCR_PROGRAM = env.str("PORTAL_OCR_PROGRAM", default="tesseract")
"""Name or path. Where it is not installed, scans have no text; empty: never read pictures."""
OCR_LANGUAGE = env.str("PORTAL_OCR_LANGUAGE", default="eng")
OCR_PAGE_SECONDS = 20
"""For one page, of which ten are read at most: together below the job's timeout in queue.py."""
