"""The keys in the sealer's folder: the first in the folder itself, later ones under ``keys/``.

Each later key has a folder of its own, named after its id, with its statement. Which key is in use
is said by the portal's newest registered key alone, so there is no moment at which a change of
keys is half done: before it is registered the old key is in use, afterwards the new one is.
"""

import shutil
from pathlib import Path

from portal.faults import fault_point
from portal.record.notes import NoteKey
from portal.sealing.models import SealKey
from portal.sealing.signing_key import (
    PRIVATE_FILE,
    PUBLIC_FILE,
    KeyUnusable,
    SigningKey,
    make_key,
    read_key,
    write_whole,
)

LATER_KEYS = "keys"
STATEMENT_FILE = "statement.txt"


def registered_keys() -> list[NoteKey]:
    """Return every key the record was sealed with, newest first."""
    return [
        NoteKey.from_text(public) for public in SealKey.objects.values_list("public", flat=True)
    ]


def key_in_use(folder: Path) -> SigningKey:
    """Return the key that signs now.

    Raises:
        KeyUnusable: when it is not in the folder, or cannot be used.
    """
    newest = SealKey.objects.values_list("public", flat=True).first()
    places = [place for place in _places(folder) if (place / PRIVATE_FILE).exists()]
    if newest is None or not places:
        return read_key(folder)
    for place in places:
        if _public_of(place) == newest:
            return read_key(place)
    raise KeyUnusable(
        "This portal was sealed with another key than the one in the sealer's folder.",
        f"Put back the key whose fingerprint is {NoteKey.from_text(newest).fingerprint}. If a "
        "backup of the portal was put back, or the key is lost, follow the guide to keys.",
    )


def new_key(folder: Path, name: str) -> tuple[SigningKey, Path]:
    """Make the next key, in a folder of its own; return both. It is not in use yet."""
    later = folder / LATER_KEYS
    later.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_unfinished(later)
    coming = later / "coming"
    key = make_key(coming, name)
    fault_point("key.made")
    place = later / key.public.id.hex()
    coming.rename(place)
    return key, place


def keep_statement(place: Path, statement: str) -> None:
    """Keep the statement beside its key, for a portal that is put back from an older backup."""
    write_whole(place / STATEMENT_FILE, statement.encode())


def statements(folder: Path) -> list[str]:
    """Return the statements kept in the folder, in no order."""
    kept = sorted((folder / LATER_KEYS).glob(f"*/{STATEMENT_FILE}"))
    return [path.read_text(encoding="utf-8") for path in kept]


def is_here(folder: Path, public: str) -> bool:
    """Tell whether the private half of a key is in the folder."""
    return any(
        (place / PRIVATE_FILE).exists() for place in _places(folder) if _public_of(place) == public
    )


def retire_old_keys(folder: Path) -> None:
    """Destroy every private key but the one in use; public halves and statements stay."""
    in_use = SealKey.objects.values_list("public", flat=True).first()
    for place in _places(folder):
        if in_use is not None and _public_of(place) != in_use:
            (place / PRIVATE_FILE).unlink(missing_ok=True)


def _places(folder: Path) -> list[Path]:
    """Return every folder that may hold a key."""
    later = folder / LATER_KEYS
    return [folder, *sorted(place for place in later.glob("*") if place.is_dir())]


def _public_of(place: Path) -> str:
    """Return the public half in a folder as text; nothing when there is none."""
    try:
        return (place / PUBLIC_FILE).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _clear_unfinished(later: Path) -> None:
    """Remove keys that were made but never registered: nothing was ever signed with them."""
    known = set(SealKey.objects.values_list("public", flat=True))
    for place in later.glob("*"):
        if place.is_dir() and _public_of(place) not in known:
            shutil.rmtree(place)
