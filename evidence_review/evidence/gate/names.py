"""What a file may be called, and how a name is made safe to show and to save under."""

import re
import unicodedata

from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.reasons import Code

DIRECTION_MARKS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
"""Characters that change the direction of text: "annual\u202efdp.exe" shows as "annualexe.pdf"."""

_OVERRIDES = DIRECTION_MARKS - frozenset("\u200e\u200f\u061c")
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
_RESERVED = re.compile(r'[<>:"|?*\\/]')
_FALLBACK = "file"
_LONGEST_EXTENSION = 20


def _is_device(name: str) -> bool:
    """Windows looks only at what stands before the first dot, without trailing spaces."""
    return _DEVICE.fullmatch(name.split(".", 1)[0].rstrip(" ")) is not None


def name_problems(name: str, limits: Limits) -> list[Code]:
    """Everything that is wrong with a file name, in the order a person would fix it."""
    if not name.strip():
        return [Code.NAME_MISSING]
    found = {
        Code.NAME_TOO_LONG: len(name) > limits.name_length,
        Code.NAME_CONTROL: any(unicodedata.category(char) in _UNSEEN for char in name),
        Code.NAME_PATH: "/" in name or "\\" in name or not name.strip(". "),
        Code.NAME_DIRECTION: not _OVERRIDES.isdisjoint(name),
        Code.NAME_DEVICE: _is_device(name),
        Code.NAME_ENDING: name[-1] in ". ",
    }
    return [code for code, wrong in found.items() if wrong]


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in DIRECTION_MARKS


def clean_name(name: str, *, length: int = 200) -> str:
    """A name that is safe on every screen and in every file system, at most ``length`` characters.

    Folders are cut off, unseen characters dropped and reserved ones turned into "_". The extension
    is kept. Cleaning a clean name changes nothing.
    """
    last = "".join(char for char in re.split(r"[\\/]", name)[-1] if _visible(char))
    shown = _RESERVED.sub("_", unicodedata.normalize("NFC", last)).rstrip(". ")
    stem, dot, extension = shown.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        stem, dot, extension = shown, "", ""
    room = length - len(dot + extension)
    stem = stem.strip(". ")[:room].rstrip(". ") or _FALLBACK
    if _is_device(stem):
        stem = f"_{stem}"[:room].rstrip(". ")
    return stem + dot + extension
