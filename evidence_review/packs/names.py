"""Names of files inside a pack: readable, and harmless wherever the pack is unpacked."""

import re
import unicodedata

LONGEST = 120
"""Signs in a name."""
MOST_BYTES = 240
"""Bytes in a name: most file systems take 255."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of signs that nobody sees: control characters, marks that turn the writing round."""
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"}
)
"""What Windows takes for a device, whatever follows the first dot."""


class Names:
    """Gives out names in folders; never the same twice, by whatever case it is written in."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def path(self, folder: str, title: str, number: int, extension: str) -> str:
        """Return ``evidence/<folder>/<title>, version <number>.<extension>``, made safe."""
        end = f", version {number}.{_extension(extension)}"
        home = f"evidence/{safe_name(folder, 'other')}"
        for again in range(1, len(self._taken) + 2):
            suffix = f" ({again}){end}" if again > 1 else end
            path = f"{home}/{safe_name(title, 'Evidence', suffix)}"
            if (key := _folded(path)) not in self._taken:
                self._taken.add(key)
                return path
        raise AssertionError("there is always a number that is not taken")


def safe_name(text: str, otherwise: str, suffix: str = "") -> str:
    """Return ``text`` as the name of a file or folder, with ``suffix`` at its end.

    ``otherwise`` is taken when nothing is left of the text. In NFC, at most ``LONGEST`` signs and
    ``MOST_BYTES`` bytes, without anything that a system gives a meaning.
    """
    seen = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", text)
        if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )
    bare = " ".join(_NOT_IN_NAMES.sub("-", seen).split()).strip(". ")
    if bare.split(".")[0].strip().casefold() in _RESERVED:
        bare = f"_{bare}"
    bare = _shortened(bare, suffix).rstrip(". ") or otherwise
    return bare + suffix


def _shortened(text: str, suffix: str) -> str:
    text = text[: LONGEST - len(suffix)]
    room = MOST_BYTES - len(suffix.encode())
    return text.encode()[:room].decode(errors="ignore")


def _extension(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())[:10] or "bin"


def _folded(path: str) -> str:
    """Return what two names have in common that some file system takes for the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())
