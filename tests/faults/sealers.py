"""A sealer for the fault tests, and what happens to it at a fault point, inside this process."""

import errno
import os
from pathlib import Path

from django.utils import timezone

from portal.sealing.actions.register_key import register_key
from portal.sealing.sealer import Sealer
from portal.sealing.signing_key import make_key
from tests.portal.sealing.conftest import happen

DIE = "tests.faults.sealers.die"
DISK_FULL = "tests.faults.sealers.disk_full"
POINT = "FAULT_AT"


class Killed(BaseException):
    """The process ends here: nothing after this point is done, nothing uncommitted is kept."""


def die(name: str) -> None:
    """End where ``FAULT_AT`` says."""
    if name == os.environ[POINT]:
        raise Killed


def disk_full(name: str) -> None:
    """Have no room for any file of the sealer."""
    if name == "sealer_file.written":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def sealer_of_five(folder: Path) -> Sealer:
    """Return a sealer with a key of its own, and five events that wait to be sealed."""
    key = make_key(folder, "care.example/record")
    register_key(key, now=timezone.now())
    for _ in range(5):
        happen()
    return Sealer(key, folder)
