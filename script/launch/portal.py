"""One portal on one data folder: what is prepared, which parts run, when it is ready."""

import fcntl
import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from script.launch import environment, preparation
from script.launch.children import Child, stop_all
from script.launch.clamd import Clamd
from script.launch.options import Options
from script.launch.signatures import SignatureUpdates

_SECONDS_TO_ANSWER = 90
_SECONDS_FOR_SCANNER = 120
_SECONDS_TO_STOP = 40
NO_MIRROR = "none"


class CannotStart(Exception):
    """The portal cannot run here as asked; the text says why and what to do."""


class Portal:
    """The running parts of the portal and the data folder they share."""

    def __init__(self, chosen: Options) -> None:
        self.chosen = chosen
        self.logs = chosen.data / "logs"
        self.clamd = Clamd(chosen.data / "clamd", upload_max_mb=chosen.upload_max_mb)
        self.updates = SignatureUpdates(
            self.clamd, mirror=chosen.signature_mirror, log=self.logs / "signatures.log"
        )
        self.children: list[Child] = []

    @contextmanager
    def only_one(self) -> Iterator[None]:
        """Hold the data folder and see that the port is free; raises ``CannotStart``."""
        self.chosen.data.mkdir(parents=True, exist_ok=True)
        # ClamAV's account has to pass through; every file inside is closed to it.
        self.chosen.data.chmod(0o711)
        with (self.chosen.data / "server.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise CannotStart(
                    f"A portal already runs on {self.chosen.data}: {lock.read().strip()}. "
                    "Stop that one first, or choose another folder with PORTAL_DATA."
                ) from None
            self._check_port()
            lock.truncate(0)
            lock.write(f"process {os.getpid()} at {self.chosen.address}")
            lock.flush()
            yield

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.chosen.port))
            except OSError as problem:
                raise CannotStart(
                    f"Port {self.chosen.port} cannot be used ({problem.strerror}). Choose another: "
                    f"PORTAL_PORT={self.chosen.port + 1} script/server"
                ) from problem

    def start(self) -> None:
        """Start every part, load the demo on a first start, and tell how to reach the portal."""
        self._start_scanner()
        preparation.prepare(self.chosen, self.environment())
        if preparation.needs_demo(self.chosen):
            print("Loading the demo care provider", flush=True)
            self._wait_for_scanner()
            preparation.manage(self.environment(), "seed_demo")
        self._start_child("worker", str(environment.PYTHON), "-m", "config.worker")
        self._start_child("sealer", str(environment.PYTHON), "manage.py", "run_sealer")
        self._start_child(
            "web", str(environment.PYTHON), "-m", "gunicorn", "-c", "config/gunicorn.py",
            "config.wsgi",
        )  # fmt: skip
        self._wait_for_web()
        print(self._welcome(), flush=True)

    def _start_scanner(self) -> None:
        self.clamd.prepare()
        self._start_child("scanner", *self.clamd.command())
        if self.chosen.signature_mirror != NO_MIRROR:
            self.updates.start()

    def _start_child(self, name: str, *command: str) -> None:
        child = Child(name, command, environment=self.environment(), log=self.logs / f"{name}.log")
        child.start()
        self.children.append(child)

    def environment(self) -> dict[str, str]:
        """Return the environment that every part of this portal gets."""
        test_only = not self.clamd.has_official_signatures()
        return {
            "EMAIL_URL": f"filemail:///{self.chosen.data / 'mail'}",
            "PORTAL_BASE_URL": self.chosen.address.rstrip("/"),
            **({"PORTAL_ALLOW_TEST_SIGNATURES": "1"} if test_only else {}),
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PORTAL_DATA": str(self.chosen.data),
            "PORTAL_PORT": str(self.chosen.port),
            # Without a certificate in front, nobody but this machine may reach it.
            "PORTAL_BIND": "127.0.0.1",
            "PORTAL_CLAMD_SOCKET": str(self.clamd.socket),
            "PYTHONUNBUFFERED": "1",
            # Each thread would otherwise keep a pool of freed memory of its own.
            "MALLOC_ARENA_MAX": "2",
        }

    def _wait_for_scanner(self) -> None:
        scanner = self.children[0]
        if not self.clamd.wait_until_ready(_SECONDS_FOR_SCANNER, scanner.is_alive):
            raise CannotStart(f"The virus scanner does not answer; see {scanner.log}")

    def _wait_for_web(self) -> None:
        web = self.children[-1]
        deadline = time.monotonic() + _SECONDS_TO_ANSWER
        while time.monotonic() < deadline and web.is_alive():
            if _answers(f"http://127.0.0.1:{self.chosen.port}/api/v1/health/"):
                return
            time.sleep(0.05)
        raise CannotStart(f"The portal does not answer; see {web.log}")

    def _welcome(self) -> str:
        lines = ["", f"The portal is ready: {self.chosen.address}", ""]
        lines += preparation.how_to_sign_in(self.chosen, self.environment())
        if not self.clamd.has_official_signatures():
            lines.append(
                "Until it reaches a mirror, the virus scanner knows only a test signature."
            )
        lines += [
            f"Data, logs and outgoing mail are in {self.chosen.data}",
            "Press Ctrl-C to stop.",
        ]
        return "\n".join(lines)

    def watch(self) -> None:
        """Start parts that died again, and say so."""
        for child in self.children:
            said = child.revive()
            if said:
                print(said, flush=True)

    def stop(self) -> None:
        """Stop everything that was started; work in hand is finished first."""
        self.updates.stop()
        stop_all(self.children, seconds=_SECONDS_TO_STOP)
        self.children.clear()


def _answers(url: str) -> bool:
    # 503 is an answer too: the page says which part is not ready yet.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code in (302, 401, 403, 503)
    except OSError:
        return False
