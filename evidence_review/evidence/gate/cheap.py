"""Checks quick enough for the request: size, name, extension and the first bytes of a file.

Everything here looks at 8 KB at most. What needs the whole file happens in the parser room.
"""

import threading

import magic

from evidence_review.evidence.gate.kinds import (
    COMPOUND_START,
    KINDS,
    ZIP_START,
    Kind,
    extension_of,
    refusal_of_extension,
)
from evidence_review.evidence.gate.limits import MEGABYTE, Limits
from evidence_review.evidence.gate.names import name_problems
from evidence_review.evidence.gate.plain_text import starts_as_text
from evidence_review.evidence.gate.reasons import Code, Reason, reason

_ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_OTHER_TEXT = frozenset(
    {
        "application/pdf",
        "application/postscript",
        "image/svg+xml",
        "text/html",
        "text/rtf",
        "text/xml",
    }
)
"""Types that are written as text but are not notes or tables. Everything else libmagic may guess
for a note ("script", "mail") is harmless under a name that ends in .txt or .csv."""

_per_thread = threading.local()


def sniff(first_bytes: bytes) -> str:
    """The media type libmagic sees in the first bytes of a file.

    A libmagic cookie must not be used by two threads at once, so every thread opens its own.
    """
    cookie: magic.Magic | None = getattr(_per_thread, "cookie", None)
    if cookie is None:
        cookie = _per_thread.cookie = magic.Magic(mime=True)
    return str(cookie.from_buffer(first_bytes))


def check_upload(
    name: str, size: int, first_bytes: bytes, limits: Limits | None = None
) -> list[Reason]:
    """Why an upload is refused at once; an empty list lets it through to the parsers.

    ``name`` is the file name as the browser sent it, ``size`` the whole size in bytes and
    ``first_bytes`` the start of the file (8 KB, or all of a smaller file).
    """
    limits = limits or Limits()
    values = {
        "max_mb": limits.max_bytes // MEGABYTE,
        "name_length": limits.name_length,
    }
    reasons = [reason(code, **values) for code in name_problems(name, limits)]
    if size <= 0:
        return [reason(Code.EMPTY), *reasons]
    if size > limits.max_bytes:
        reasons.insert(0, reason(Code.TOO_BIG, **values))
    return reasons + _type_reasons(extension_of(name.rstrip(". ")), first_bytes)


def _type_reasons(extension: str, first_bytes: bytes) -> list[Reason]:
    refusal = refusal_of_extension(extension)
    if refusal:
        return [reason(refusal)]
    kind = KINDS[extension]
    code = content_problem(kind, first_bytes)
    return [reason(code, label=kind.label, extension=extension)] if code else []


def content_problem(kind: Kind, first_bytes: bytes) -> Code | None:
    """Whether the first bytes can belong to ``kind``; None when they can."""
    sniffed = sniff(first_bytes)
    if kind.shape == "package":
        return _package_problem(kind, sniffed, first_bytes)
    if kind.shape == "text":
        return _text_problem(sniffed, first_bytes)
    is_heic = kind.media_type == "image/heic" and (
        first_bytes[4:8] == b"ftyp" and first_bytes[8:12] in _HEIC_BRANDS
    )
    return None if is_heic or sniffed in kind.sniffed else Code.WRONG_CONTENT


def _package_problem(kind: Kind, sniffed: str, first_bytes: bytes) -> Code | None:
    if first_bytes.startswith(COMPOUND_START):
        if _ENCRYPTED_MARK in first_bytes or sniffed == "application/encrypted":
            return Code.ENCRYPTED
        return None  # The directory that tells a password from an old file may lie further on.
    others = {other.media_type for other in KINDS.values()} - {kind.media_type}
    if first_bytes.startswith(ZIP_START) and sniffed not in others:
        return None
    return Code.WRONG_CONTENT


def _text_problem(sniffed: str, first_bytes: bytes) -> Code | None:
    if sniffed in _OTHER_TEXT or _is_mail(sniffed, first_bytes):
        return Code.WRONG_CONTENT
    return None if starts_as_text(first_bytes) else Code.NOT_TEXT


def _is_mail(sniffed: str, first_bytes: bytes) -> bool:
    """A stored message with its attachments, not a note that begins with "From:"."""
    return sniffed == "message/rfc822" and b"\nmime-version:" in first_bytes.lower()
