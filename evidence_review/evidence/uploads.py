"""Receiving a file: hashed and capped in one pass, into the byte store's own file system."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256 as new_sha256
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from evidence_review.evidence.storage import byte_store
from portal.faults import fault_point

FIRST_BYTES = 8192
FILES_AT_ONCE = 50


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """One file as it came in, on disk; ``sha256`` and ``first_bytes`` are known already.

    ``size`` counts every byte that was sent; those over the limit were counted, not kept.
    """

    def __init__(self, name: str, content_type: str | None = None) -> None:
        super().__init__(None, name, content_type, size=0)
        self.first_bytes = b""
        self.sha256 = ""
        self.disk_problem: OSError | None = None
        self._digest = new_sha256()
        with self._noting_disk_problems():
            fault_point("upload.writing")
            # Closed, and so removed, with the request's files.
            folder = byte_store().incoming()
            self.file = tempfile.NamedTemporaryFile(dir=folder, prefix="upload-")  # noqa: SIM115 - see above

    @contextmanager
    def _noting_disk_problems(self) -> Iterator[None]:
        """Keep a full or broken disk for later: the rest of the form must still be read."""
        try:
            yield
        except OSError as problem:
            self.disk_problem = self.disk_problem or problem

    def take(self, piece: bytes) -> None:
        """Add a piece to the hash and the file, unless the file is over the limit already."""
        self.size = (self.size or 0) + len(piece)
        if self.size > settings.UPLOAD_MAX_BYTES or self.disk_problem:
            return
        if len(self.first_bytes) < FIRST_BYTES:
            self.first_bytes += piece[: FIRST_BYTES - len(self.first_bytes)]
        self._digest.update(piece)
        with self._noting_disk_problems():
            self._handle.write(piece)

    def finish(self) -> None:
        """Flush what was written and fix the SHA-256."""
        self.sha256 = self._digest.hexdigest()
        if not self.disk_problem:
            with self._noting_disk_problems():
                self._handle.flush()
                self._handle.seek(0)

    def temporary_file_path(self) -> str:
        """Return the path of the file on disk; Django and Wagtail ask for it by this name."""
        return str(self._handle.name)

    @property
    def _handle(self) -> IO[bytes]:
        return cast("IO[bytes]", self.file)

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
