"""The sealer's key: one private file that only the sealer reads, and its public half beside it."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from portal.faults import fault_point
from portal.record.notes import NoteKey, public_key
from portal.sealing.stuck import SealerStuck

PRIVATE_FILE = "seal-key.pem"
PUBLIC_FILE = "seal-key.txt"
_ONLY_OWNER = 0o600
_OTHERS = 0o077


class KeyUnusable(SealerStuck):
    """There is no key that may be used; it says what is wrong and what to do."""


@dataclass(frozen=True)
class SigningKey:
    """A private key and the name of the log it signs."""

    name: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> NoteKey:
        """The half that everybody may know."""
        return public_key(self.name, self.private)


def make_key(folder: Path, name: str) -> SigningKey:
    """Make a new key for the log called ``name``. Never replaces one.

    The private file comes last and whole, so a folder without one holds no key yet.

    Raises:
        KeyUnusable: when there is a key already.
    """
    key = SigningKey(name, Ed25519PrivateKey.generate())
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / PRIVATE_FILE).exists():
        raise KeyUnusable(f"There is a key in {folder} already. It is never replaced.")
    write_whole(folder / PUBLIC_FILE, f"{key.public}\n".encode())
    fault_point("key.public_written")
    write_whole(folder / PRIVATE_FILE, pem)
    return key


def read_key(folder: Path) -> SigningKey:
    """Return the key in a folder.

    Raises:
        KeyUnusable: when there is none, when others may read it, or when its halves do not belong
            together.
    """
    private_file = folder / PRIVATE_FILE
    try:
        if private_file.stat().st_mode & _OTHERS:
            raise KeyUnusable(f"Others may read {private_file}. Take their rights away: chmod 600.")
        private = load_pem_private_key(private_file.read_bytes(), password=None)
        public = NoteKey.from_text((folder / PUBLIC_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KeyUnusable(
            f"There is no key in {folder}.",
            "Put it back from its copy. If it is lost, follow the guide to keys.",
        ) from error
    except ValueError as error:
        raise KeyUnusable(f"The key in {folder} cannot be read: {error}.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnusable(f"{private_file} is no Ed25519 key.")
    if public_key(public.name, private) != public:
        raise KeyUnusable(f"The two files of the key in {folder} do not belong together.")
    return SigningKey(public.name, private)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only, and flush it to disk."""
    new = path.with_suffix(f"{path.suffix}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _ONLY_OWNER)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fault_point("sealer_file.written")
    new.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
