"""A timestamp server (RFC 3161): signs that a hash was there at a time. It sees nothing else."""

import hashlib
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from portal.anchors.models import AnchorKind
from portal.anchors.places.place import NotKept, Place
from portal.sealing.models import Seal

_DEADLINE_SECONDS = 20.0
_LONGEST_ANSWER = 64 * 1024
_PIECE = 4096
_OK = 200
_GRANTED = 0
_NO_SENSE = (
    "The timestamp server answered something that is no timestamp. Look at its address, or choose "
    "another."
)


def timestamp_place(url: str) -> Place:
    """Return the server as a place. What it signed stays in the portal, so it counts as inside."""
    address = urlsplit(url)

    def keep(seal: Seal) -> bytes:
        request = (
            TimestampRequestBuilder()
            .data(seal.note.encode())
            .hash_algorithm(HashAlgorithm.SHA256)
            .build()
        )
        answer = _asked(address, request.as_bytes())
        _check(answer, request, seal)
        return answer

    host = address.hostname or "nowhere"
    return Place(AnchorKind.TIMESTAMP, f"tsa:{host}"[:100], f"Timestamp server {host}", False, keep)


def _asked(address: SplitResult, body: bytes) -> bytes:
    """Send a request and return the answer, in all within the deadline. Follows nothing."""
    makes = {"http": HTTPConnection, "https": HTTPSConnection}.get(address.scheme)
    if makes is None or not address.hostname:
        raise NotKept("PORTAL_TIMESTAMP_URL is no web address. It begins with https:// or http://.")
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    until = monotonic() + _DEADLINE_SECONDS
    try:
        connection = makes(address.hostname, address.port, timeout=_DEADLINE_SECONDS)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/timestamp-query"})
            response = connection.getresponse()
            if response.status != _OK:
                raise NotKept(
                    f"The timestamp server refused, with status {response.status}. Look at its "
                    "address, or choose another."
                )
            answer = b""
            while piece := response.read1(_PIECE):
                answer += piece
                if len(answer) > _LONGEST_ANSWER:
                    raise NotKept(_NO_SENSE)
                if monotonic() > until:
                    raise TimeoutError
        finally:
            connection.close()
    except TimeoutError as error:
        raise NotKept("The timestamp server took too long to answer.") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotKept(
            "The timestamp server cannot be reached. Look at its address and the network."
        ) from error
    return answer


def _check(answer: bytes, request: TimeStampRequest, seal: Seal) -> None:
    """Raise ``NotKept`` unless the answer is a timestamp of just this note, by whom we trust."""
    try:
        stamp = decode_timestamp_response(answer)
        if stamp.status != _GRANTED:
            raise NotKept(
                "The timestamp server would not sign. Look at its rules, or choose another."
            )
        told = stamp.tst_info
        is_ours = (
            told.message_imprint.message == hashlib.sha256(seal.note.encode()).digest()
            and told.nonce == request.nonce
        )
    except ValueError as error:
        raise NotKept(_NO_SENSE) from error
    if not is_ours:
        raise NotKept(
            "The timestamp server signed something else than it was sent. Choose another."
        )
    if settings.TIMESTAMP_CA_FILE:
        _check_signer(stamp, request, seal.note.encode())


def _check_signer(stamp: TimeStampResponse, request: TimeStampRequest, note: bytes) -> None:
    builder = VerifierBuilder.from_request(request)
    for root in _roots():
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(stamp, note)
    except (VerificationError, ValueError) as error:
        raise NotKept(
            "The timestamp is not signed by whom PORTAL_TIMESTAMP_CA_FILE names. Look at that "
            "file, or choose another server."
        ) from error


def _roots() -> list[Certificate]:
    try:
        return load_pem_x509_certificates(Path(settings.TIMESTAMP_CA_FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise NotKept(
            "PORTAL_TIMESTAMP_CA_FILE cannot be read. Put PEM certificates there."
        ) from error
