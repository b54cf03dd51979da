"""From a received file to kept bytes: the checks of the request, the photo's place, the store."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from evidence_review.evidence.gate.cheap import check_upload
from evidence_review.evidence.gate.kinds import KINDS, extension_of
from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.names import clean_name
from evidence_review.evidence.gate.photos import needs_preparing, prepare_photo
from evidence_review.evidence.gate.reasons import Reason
from evidence_review.evidence.gate.started_room import RoomUnavailable
from evidence_review.evidence.storage import byte_store, sha256_of
from evidence_review.evidence.uploads import ReceivedFile
from portal.faults import fault_point
from portal.refused import Refused

logger = logging.getLogger(__name__)


class UploadRefused(Refused):
    """The file is refused at once; nothing of it is kept."""

    status = 422

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = list(reasons)
        super().__init__(self.reasons[0].sentence)


class NotKept(Refused):
    """The disk is full or broken; nothing of the file is kept and nothing is acknowledged."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "The file could not be kept, because the portal has no room for it. Nothing was saved. "
            "Tell your portal administrator, then upload it again."
        )


class NotPrepared(Refused):
    """The place could not be taken out of a photo just now; nothing of it is kept."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The photo could not be prepared. Wait a minute and upload it again.")


@dataclass(frozen=True)
class KeptFile:
    """What is known of bytes that are in the store; the columns of a version."""

    sha256: str
    size: int
    media_type: str
    extension: str
    original_name: str
    preparation: str = ""


def gate_limits() -> Limits:
    """Return the gate's limits under the settings of this portal."""
    return Limits(max_bytes=settings.UPLOAD_MAX_BYTES)


def take_in(received: ReceivedFile, *, keep_location: bool = False) -> KeptFile:
    """Check a received file as far as the request can, and keep its bytes durably.

    A photo's place is taken out first, unless ``keep_location``; HEIC becomes JPG. The bytes are
    kept before any row tells of them: a crash in between leaves bytes that the sweep removes.

    Raises:
        UploadRefused: empty, too large, badly named, or not of an allowed type.
        NotKept: the disk is full or broken.
        NotPrepared: a photo's place could not be taken out, because its parser is not to be had.
    """
    try:
        if received.disk_problem:
            raise received.disk_problem
        return _take_in(received, keep_location=keep_location)
    except RoomUnavailable as problem:
        logger.exception("A photo could not be prepared")
        raise NotPrepared from problem
    except OSError as problem:
        logger.exception("An upload could not be kept")
        raise NotKept from problem


def _take_in(received: ReceivedFile, *, keep_location: bool) -> KeptFile:
    name = received.name or ""
    limits = gate_limits()
    reasons = check_upload(name, received.size or 0, received.first_bytes, limits)
    if reasons:
        raise UploadRefused(reasons)
    extension = extension_of(name)
    if needs_preparing(received.first_bytes, extension):
        return _keep_photo(received, name, keep_location=keep_location)
    byte_store().keep(received.path, received.sha256)
    fault_point("upload.after_bytes")
    return KeptFile(
        sha256=received.sha256,
        size=received.size or 0,
        media_type=KINDS[extension].media_type,
        extension=extension,
        original_name=clean_name(name),
    )


def _keep_photo(received: ReceivedFile, name: str, *, keep_location: bool) -> KeptFile:
    store = byte_store()
    with NamedTemporaryFile(dir=store.incoming(), prefix="photo-") as room:
        prepared = prepare_photo(received.path, Path(room.name), keep_location=keep_location)
        if prepared.reasons:
            raise UploadRefused(prepared.reasons)
        path = prepared.path
        sha256 = sha256_of(path) if prepared.changed else received.sha256
        store.keep(path, sha256)
        fault_point("upload.after_bytes")
        extension = prepared.extension
        return KeptFile(
            sha256=sha256,
            size=path.stat().st_size,
            media_type=KINDS[extension].media_type,
            extension=extension,
            original_name=clean_name(Path(name).with_suffix(f".{extension}").name),
            preparation=prepared.note,
        )
