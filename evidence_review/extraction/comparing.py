"""The texts of two versions beside each other."""

import re
from dataclasses import dataclass

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.models import ExtractedText
from evidence_review.extraction.queries import texts_of
from portal.chrome.differences import ChangedPart, differences

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z0-9\"“(•])|\n\s*\n")
_FLOWS = "pdf"
_LONGEST = 2_000
_COMPARED = 600_000
"""So many characters of each text are compared."""


@dataclass(frozen=True)
class TextDifference:
    """What changed from one version's text to another's, or ``why_not``."""

    older: EvidenceVersion
    newer: EvidenceVersion
    parts: list[ChangedPart]
    why_not: str = ""
    is_cut: bool = False

    @property
    def changed(self) -> int:
        """How many paragraphs changed, among those that are shown."""
        return sum(part.is_changed for part in self.parts)


def text_difference(older: EvidenceVersion, newer: EvidenceVersion) -> TextDifference:
    """Compare the kept texts of two versions; one question to the database."""
    if older.sha256 == newer.sha256:
        return TextDifference(older, newer, [], "Both versions are the same file, byte for byte.")
    texts = texts_of((older.sha256, newer.sha256))
    before, after = texts.get(older.sha256), texts.get(newer.sha256)
    for version, text in ((older, before), (newer, after)):
        if why := _nothing_to_compare(version, text):
            return TextDifference(older, newer, [], why)
    if before is None or after is None:  # said above already, in words
        return TextDifference(older, newer, [])
    parts = differences(
        paragraphs(before.text, older.extension), paragraphs(after.text, newer.extension)
    )
    is_cut = any(text.is_cut or len(text.text) > _COMPARED for text in (before, after))
    return TextDifference(older, newer, parts, is_cut=is_cut)


def _nothing_to_compare(version: EvidenceVersion, text: ExtractedText | None) -> str:
    if text is None or (text.is_waiting and not text.text):
        return f"The text of version {version.number} is being taken out. Reload in a moment."
    if not text.text:
        return f"No text could be read from version {version.number}, so there is no difference."
    return ""


def paragraphs(text: str, extension: str) -> list[str]:
    """Return a text in parts to compare: lines, or sentences where lines only end with the page.

    The lines of a PDF end where the paper does, so a word more moves all that follow.
    """
    text = text[:_COMPARED]
    if extension == _FLOWS:
        found = [part for page in text.split("\f") for part in _SENTENCE_END.split(page)]
    else:
        found = re.split("[\n\f]", text)
    return [
        part[start : start + _LONGEST]
        for part in found
        for start in range(0, len(part), _LONGEST)
        if part.strip()
    ]
