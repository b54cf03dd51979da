"""A real clamd whose signatures carry any number and date: an unsigned ``daily.cud``."""

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from script.launch.clamd import TEST_SIGNATURES, Clamd

_SECONDS = 30


def daily_cud(number: int, date: datetime, extra: str = "") -> bytes:
    """Return a signature set with the bundled test signatures, and ``extra`` lines of them."""
    signatures = TEST_SIGNATURES.read_bytes() + extra.encode()
    count = len(signatures.splitlines())
    header = (
        f"ClamAV-VDB:{date:%d %b %Y %H-%M} +0000:{number}:{count}:90:X:X:test:"
        f"{int(date.timestamp())}"
    )
    info = f"{header}\ndaily.ndb:{len(signatures)}:{hashlib.sha256(signatures).hexdigest()}\n"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in (("daily.info", info.encode()), ("daily.ndb", signatures)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return header.ljust(512).encode() + packed.getvalue()


class DatedClamd:
    """A clamd of one's own, which may be given new signatures."""

    def __init__(self) -> None:
        # The path of a local socket may have no more than 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="clamd-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.daemon = Clamd(self.folder, upload_max_mb=100)
        self.daemon.prepare()
        self.process: subprocess.Popen[bytes] | None = None

    def give(self, number: int, date: datetime, extra: str = "") -> None:
        """Put signatures in place; a running clamd has loaded them when this returns."""
        path = self.daemon.signatures / "daily.cud"
        path.write_bytes(daily_cud(number, date, extra))
        if self.process is None:
            return
        self.daemon.ask("RELOAD")
        ends = time.monotonic() + _SECONDS
        while f"/{number}/" not in self.daemon.ask("VERSION"):
            assert time.monotonic() < ends, "clamd does not load the new signatures"
            time.sleep(0.02)

    def start(self) -> None:
        """Start clamd and wait until it answers."""
        with (self.folder / "output.log").open("ab") as output:
            process = subprocess.Popen(
                self.daemon.command(), stdout=output, stderr=subprocess.STDOUT
            )
        self.process = process
        assert self.daemon.wait_until_ready(_SECONDS, lambda: process.poll() is None), (
            self.folder / "output.log"
        ).read_text()

    def __enter__(self) -> "DatedClamd":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)
        shutil.rmtree(self.folder)


@contextmanager
def clamd_with_signatures(number: int, date: datetime) -> Iterator[DatedClamd]:
    """Run a clamd with signatures of this number and date."""
    with DatedClamd() as dated:
        dated.give(number, date)
        dated.start()
        yield dated
