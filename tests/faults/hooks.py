"""What happens at a fault point, inside the process that is to die there."""

import errno
import os
import signal
from pathlib import Path


def die_once(name: str) -> None:
    """Kill this process outright where ``FAULT_AT`` says, the first time it gets there."""
    marker = Path(os.environ["FAULT_MARKER"])
    if name == os.environ["FAULT_AT"] and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def disk_full_writing(name: str) -> None:
    """Have no room as soon as the upload is written to its temporary file."""
    _no_room_at("upload.writing", name)


def disk_full_before_link(name: str) -> None:
    """Have no room when the received file is to be kept."""
    _no_room_at("upload.before_link", name)


def _no_room_at(point: str, name: str) -> None:
    if name == point:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
