"""Fresh virus signatures in the background, where a mirror can be reached."""

import shutil
import subprocess
import threading
from pathlib import Path

from script.launch.clamd import Clamd

_SECONDS_BETWEEN = 2 * 3600
_SECONDS_FOR_ONE = 1800
_PUBLIC_MIRROR = "database.clamav.net"


class SignatureUpdates:
    """Runs freshclam now and every two hours until stopped, and tells clamd what is new.

    ``mirror`` is the address of a mirror of one's own; empty means ClamAV's public one.
    """

    def __init__(self, clamd: Clamd, *, mirror: str, log: Path) -> None:
        self._clamd = clamd
        self._mirror = mirror
        self._log = log
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="signatures", daemon=True)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin in the background; does nothing where freshclam is not installed."""
        if shutil.which("freshclam") is not None:
            self._thread.start()

    def stop(self) -> None:
        """End, and end a download that is under way."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.terminate()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.run_once()
            self._stopping.wait(_SECONDS_BETWEEN)

    def run_once(self) -> None:
        """Try to fetch what is new, and have clamd use it."""
        had_official = self._clamd.has_official_signatures()
        if self._download() and self._clamd.has_official_signatures():
            self._clamd.use_bundled_signatures_if_alone()
            self._reload(first_time=not had_official)

    def _download(self) -> bool:
        config = self._clamd.folder / "freshclam.conf"
        self._clamd.write(config, self._settings())
        command = ["freshclam", f"--config-file={config}", "--stdout"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._clamd.as_account(command), stdout=log, stderr=subprocess.STDOUT
            )
            try:
                return self._process.wait(timeout=_SECONDS_FOR_ONE) == 0
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
                return False
            finally:
                self._process = None

    def _settings(self) -> str:
        source = (
            f"PrivateMirror {self._mirror}" if self._mirror else f"DatabaseMirror {_PUBLIC_MIRROR}"
        )
        return "\n".join(
            (
                f"DatabaseDirectory {self._clamd.signatures}",
                source,
                "ConnectTimeout 10",
                "MaxAttempts 1",
                # Loading the set once more only to test it would need a second gigabyte; freshclam
                # checks its signature, and clamd keeps the old engine when a new set does not load.
                "TestDatabases no",
                "",
            )
        )

    def _reload(self, *, first_time: bool) -> None:
        try:
            self._clamd.ask("RELOAD")
        except OSError:
            return
        if first_time:
            print("The virus scanner now uses ClamAV's own signatures.", flush=True)
