"""A private clamd in one folder: its settings, its signatures, and whether it answers."""

import hashlib
import os
import pwd
import shutil
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TEST_SIGNATURES = Path(__file__).resolve().parents[2] / "config" / "signatures" / "portal.ndb"
OFFICIAL_SUFFIXES = (".cvd", ".cld")
_LONGEST_SOCKET_PATH = 100
_ACCOUNT = "clamav"


class Clamd:
    """The scanner daemon of one data folder.

    ``folder`` is made when missing; ``upload_max_mb`` is the portal's largest upload, which every
    limit of clamd has to exceed, or a large file would be let through unscanned.
    """

    def __init__(self, folder: Path, *, upload_max_mb: int) -> None:
        self.folder = folder
        self.upload_max_mb = upload_max_mb
        self.signatures = folder / "signatures"
        self.temporary = folder / "temporary"
        self.config = folder / "clamd.conf"
        self.socket = _short_enough(folder / "clamd.sock")

    def prepare(self) -> None:
        """Make the folders, empty the temporary one, put the signatures in, write the settings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.signatures.mkdir(exist_ok=True)
        # A killed clamd leaves the uploads it was scanning behind.
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir(mode=0o700)
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        self.use_bundled_signatures_if_alone()
        self.write(self.config, self._settings())
        for path in (self.folder, self.signatures, self.temporary, *self.signatures.iterdir()):
            self._give_to_account(path)

    def has_official_signatures(self) -> bool:
        """Say whether freshclam's signatures are there."""
        return all(
            any((self.signatures / f"{name}{suffix}").exists() for suffix in OFFICIAL_SUFFIXES)
            for name in ("main", "daily")
        )

    def use_bundled_signatures_if_alone(self) -> None:
        """Keep the test signatures exactly where there are no official ones."""
        bundled = self.signatures / TEST_SIGNATURES.name
        if self.has_official_signatures():
            bundled.unlink(missing_ok=True)
        else:
            shutil.copyfile(TEST_SIGNATURES, bundled)

    def _settings(self) -> str:
        stream_mb = self.upload_max_mb + 50
        return "\n".join(
            (
                "Foreground yes",
                f"LocalSocket {self.socket}",
                "LocalSocketMode 660",
                "FixStaleSocket yes",
                f"DatabaseDirectory {self.signatures}",
                f"TemporaryDirectory {self.temporary}",
                f"StreamMaxLength {stream_mb}M",
                f"MaxFileSize {stream_mb}M",
                f"MaxScanSize {max(400, 2 * stream_mb)}M",
                "MaxScanTime 100000",
                "MaxFiles 10000",
                "MaxRecursion 17",
                "MaxThreads 6",
                "MaxQueue 50",
                "ReadTimeout 120",
                "CommandReadTimeout 30",
                "SendBufTimeout 200",
                # A reload waits until idle threads have gone, and everybody else waits with it.
                "IdleTimeout 1",
                "SelfCheck 600",
                "ConcurrentDatabaseReload no",
                "AlertExceedsMax yes",
                "AlertEncrypted yes",
                "AlertOLE2Macros yes",
                "LogTime yes",
                "",
            )
        )

    def command(self) -> list[str]:
        """Return the command that runs clamd in the foreground."""
        clamd = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "clamd"
        return self.as_account([clamd, "-c", str(self.config)])

    def as_account(self, command: list[str]) -> list[str]:
        """Return ``command`` run by ClamAV's own account, where this process may switch to it."""
        if self._account() is None:
            return command
        switch = ["setpriv", f"--reuid={_ACCOUNT}", f"--regid={_ACCOUNT}", "--init-groups"]
        # A change of account forgets who the parent was: ask for its death signal anew.
        return [*switch, "--pdeathsig", "TERM", *command]

    def ask(self, command: str, *, timeout: float = 5.0) -> str:
        """Send one command (``PING``, ``RELOAD``) and return the answer; raises ``OSError``."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(timeout)
            client.connect(str(self.socket))
            client.sendall(f"z{command}\0".encode())
            return client.recv(4096).rstrip(b"\0").decode()

    def answers(self) -> bool:
        """Say whether clamd is up."""
        try:
            return self.ask("PING") == "PONG"
        except OSError:
            return False

    def wait_until_ready(self, seconds: float, alive: Callable[[], bool]) -> bool:
        """Wait until clamd answers; False when it died or the time is over."""
        deadline = time.monotonic() + seconds
        while alive() and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.05)
        return False

    def _account(self) -> pwd.struct_passwd | None:
        if os.geteuid() != 0 or shutil.which("setpriv") is None:
            return None
        try:
            account = pwd.getpwnam(_ACCOUNT)
        except KeyError:
            return None
        return account if _open_to_others(self.folder) else None

    def write(self, path: Path, text: str) -> None:
        """Write a settings file that ClamAV's own account can read."""
        path.write_text(text)
        self._give_to_account(path)

    def _give_to_account(self, path: Path) -> None:
        account = self._account()
        if account is not None:
            os.chown(path, account.pw_uid, account.pw_gid)


def _open_to_others(folder: Path) -> bool:
    # Another account reaches a folder only when every folder above it may be passed by others.
    return all(above.stat().st_mode & 0o001 for above in folder.resolve().parents)


def _short_enough(path: Path) -> Path:
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"wellkept-{name}" / "clamd.sock"
