"""Signed notes: a text with lines under it that say which keys signed it.

The form is C2SP's (https://c2sp.org/signed-note), with Ed25519 signatures only. Anybody's tool
that knows the form can check a note; nothing here is our own invention.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
_ID_BYTES = 4
_MOST_SIGNATURES = 16
_KEY_NAME = re.compile(r"[^\s+]+")
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f]")
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<blob>[A-Za-z0-9+/]+={0,2})")


class NotANote(ValueError):
    """The text has not the form of a signed note; the message says what is wrong."""


class NotSigned(ValueError):
    """No key that is trusted signed the note, or one that is trusted signed something else."""


@dataclass(frozen=True)
class NoteKey:
    """The public half of a key and the name it signs under."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a name or key that no note can carry."""
        if not _KEY_NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} cannot name a key: no spaces and no plus sign")
        if len(self.public) != 32:
            raise ValueError("an Ed25519 public key has 32 bytes")

    @property
    def id(self) -> bytes:
        """The four bytes that stand before this key's signatures."""
        return hashlib.sha256(f"{self.name}\n".encode() + ED25519 + self.public).digest()[
            :_ID_BYTES
        ]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key in hex: what people compare by eye."""
        return hashlib.sha256(self.public).hexdigest()

    def __str__(self) -> str:
        """Return the key as one word, as verifiers take it: name, id and key joined by plus."""
        encoded = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    @classmethod
    def from_text(cls, text: str) -> "NoteKey":
        """Read what ``str`` wrote.

        Raises:
            ValueError: when it is no such key, or its id is not the key's own.
        """
        name, _, rest = text.strip().partition("+")
        identity, _, encoded = rest.partition("+")
        blob = _decoded(encoded)
        if blob is None or blob[:1] != ED25519:
            raise ValueError("this is no Ed25519 key in the form name+id+key")
        key = cls(name, blob[1:])
        if key.id.hex() != identity:
            raise ValueError("the id does not belong to this key")
        return key


@dataclass(frozen=True)
class Signature:
    """One line under a note: who is said to have signed, and the bytes."""

    name: str
    id: bytes
    value: bytes

    def line(self) -> str:
        """Return the line as it stands under the note, with its newline."""
        return f"— {self.name} {base64.b64encode(self.id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    """A text, which ends with a newline, and its signatures. Not to be believed before ``open``."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    def opened_by(self, keys: Iterable[NoteKey]) -> list[NoteKey]:
        """Return those of the trusted keys whose signature holds; at least one.

        Raises:
            NotSigned: when none signed, or a trusted key's signature does not hold.
        """
        trusted = {(key.name, key.id): key for key in keys}
        found = []
        for signature in self.signatures:
            key = trusted.get((signature.name, signature.id))
            if key is None:
                continue
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(
                    signature.value, self.text.encode()
                )
            except InvalidSignature as error:
                raise NotSigned(f"the signature of {key.name} is not of this text") from error
            found.append(key)
        if not found:
            raise NotSigned("no key you trust has signed this")
        return found


def public_key(name: str, private: Ed25519PrivateKey) -> NoteKey:
    """Return the public half of a private key under its name."""
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return NoteKey(name, raw)


def signed(text: str, keys: Sequence[tuple[str, Ed25519PrivateKey]]) -> Note:
    """Sign a text with each (name, key).

    Raises:
        NotANote: for a text that has no place in a note.
    """
    _check_text(text)
    signatures = (
        Signature(name, public_key(name, private).id, private.sign(text.encode()))
        for name, private in keys
    )
    return Note(text, tuple(signatures))


def read_note(content: str) -> Note:
    """Read a note, without believing it yet.

    Raises:
        NotANote: naming what is wrong with its form.
    """
    if not content.endswith("\n"):
        raise NotANote("a signed note ends with a newline")
    text, gap, below = content.rpartition("\n\n")
    if not gap:
        raise NotANote("there is no blank line between the text and the signatures")
    text += "\n"
    _check_text(text)
    lines = below.splitlines()
    if not 1 <= len(lines) <= _MOST_SIGNATURES:
        raise NotANote(f"a signed note has 1 to {_MOST_SIGNATURES} signatures")
    return Note(text, tuple(_read_line(line) for line in lines))


def _read_line(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    blob = _decoded(found["blob"]) if found else None
    if found is None or blob is None or len(blob) <= _ID_BYTES:
        raise NotANote("a line under the text is no signature")
    return Signature(found["name"], blob[:_ID_BYTES], blob[_ID_BYTES:])


def _check_text(text: str) -> None:
    if not text.endswith("\n") or not text.strip("\n"):
        raise NotANote("the text of a note is not empty and ends with a newline")
    if _FORBIDDEN.search(text):
        raise NotANote("the text of a note has no control characters but newlines")


def _decoded(text: str) -> bytes | None:
    """Return base64 in its one canonical form decoded, or None."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return value if base64.b64encode(value).decode() == text else None
