"""What counts as plain text: the same answer for the first bytes and for the whole file."""

import codecs
import re

UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Control characters that no text file needs; tab, line ends and form feed are left."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encodings_for(first_bytes: bytes) -> tuple[str, ...]:
    """The encodings to try, best first: what Notepad, Word and Excel write."""
    if first_bytes.startswith(_UTF16):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def starts_as_text(first_bytes: bytes) -> bool:
    """Whether the start of a file is readable text; a character may be cut off at the end."""
    for encoding in encodings_for(first_bytes):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(first_bytes)
        except UnicodeDecodeError:
            continue
        return UNREADABLE.search(text) is None
    return False
