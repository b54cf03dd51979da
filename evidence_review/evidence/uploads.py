"""Receiving a file: hashed, sniffed and capped in one pass, into the byte store's own file system."""

import tempfile
from hashlib import sha256 as new_sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from evidence_review.evidence.storage import byte_store
from portal.faults import fault_point

FIRST_BYTES = 8192
FILES_AT_ONCE = 50


class ReceivedFile(UploadedFile):
    """One file as it came in, on disk; ``sha256`` and ``first_bytes`` are known already.

    ``size`` counts every byte that was sent; those over the limit were counted, not kept.
    """

    def __init__(self, name: str, content_type: str | None = None) -> None:
        handle = tempfile.NamedTemporaryFile(dir=byte_store().incoming(), prefix="upload-")
        super().__init__(handle, name, content_type, size=0)
        self.first_bytes = b""
        self.sha256 = ""
        self._digest = new_sha256()

    def take(self, piece: bytes) -> None:
        """Add a piece to the hash and the file, unless the file is over the limit already."""
        assert self.file is not None and self.size is not None
        self.size += len(piece)
        if self.size > settings.UPLOAD_MAX_BYTES:
            return
        if len(self.first_bytes) < FIRST_BYTES:
            self.first_bytes += piece[: FIRST_BYTES - len(self.first_bytes)]
        self._digest.update(piece)
        self.file.write(piece)

    def finish(self) -> None:
        """Flush what was written and fix the SHA-256."""
        assert self.file is not None
        self.file.flush()
        self.file.seek(0)
        self.sha256 = self._digest.hexdigest()

    def temporary_file_path(self) -> str:
        """Return the path of the file on disk; Django and Wagtail ask for it by this name."""
        assert self.file is not None
        return str(self.file.name)

    @property
    def path(self) -> Path:
        """The file on disk."""
        return Path(self.temporary_file_path())


class ReceivingHandler(FileUploadHandler):
    """Turns each uploaded file into a :class:`ReceivedFile` while it arrives."""

    chunk_size = 256 * 1024

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Refuse, before reading it, a body larger than any form of ours can send."""
        content_length = args[2] if len(args) > 2 else kwargs["content_length"]
        if content_length > settings.UPLOAD_MAX_BYTES * FILES_AT_ONCE:
            raise StopUpload(connection_reset=True)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; strangers are not given any disk."""
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        self.file = ReceivedFile(self.file_name or "", self.content_type)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take one piece. Nothing is handed on: no other handler is needed."""
        self.file.take(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile:
        """Return the finished file."""
        self.file.finish()
        fault_point("upload.received")
        return self.file

    def upload_interrupted(self) -> None:
        """Throw away what came in when the sender went away."""
        if hasattr(self, "file"):
            self.file.close()
