"""Two locks in the sealer's folder; the system lets go of them when a process ends, however."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.sealing.stuck import SealerStuck

RUNNING = "running.lock"
SIGNING = "signing.lock"


class AnotherSealer(SealerStuck):
    """Somebody else seals this record already."""


@contextmanager
def only_sealer(folder: Path) -> Iterator[None]:
    """Be the one sealer of this folder for as long as the process runs.

    Raises:
        AnotherSealer: when there is one.
    """
    with _open(folder, RUNNING) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherSealer(
                f"Another sealer is at work with {folder}.",
                "One is enough. Stop that one first if you want this one instead.",
            ) from None
        yield


@contextmanager
def hands_on(folder: Path) -> Iterator[None]:
    """Keep keys and memory to oneself while signing or changing them; waits for its turn."""
    with _open(folder, SIGNING) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _open(folder: Path, name: str) -> Iterator[int]:
    """Open a lock file, which stays where it is for the next one."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / name).open("a", encoding="utf-8")
    except OSError as error:
        raise SealerStuck(
            f"The sealer cannot use its folder {folder}: {error.strerror}.",
            "Make room on its disk, or give it the right to write there.",
        ) from error
    with file:
        yield file.fileno()
