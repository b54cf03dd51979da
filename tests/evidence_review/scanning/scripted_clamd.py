"""A clamd that follows a script: for each connection it does exactly what a test says."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

Behaviour = Callable[["Caller"], None]


class Caller:
    """One connection, as clamd sees it."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.reader = connection.makefile("rb")

    def command(self) -> str:
        """Read the command line."""
        return self.reader.readline().decode().strip().removeprefix("n")

    def take_file(self) -> bytes:
        """Read a whole stream up to its end mark."""
        taken = b""
        while size := self._chunk_size():
            taken += self.reader.read(size)
        return taken

    def take_chunk(self) -> bytes:
        """Read one chunk."""
        return self.reader.read(self._chunk_size())

    def _chunk_size(self) -> int:
        return int(struct.unpack("!L", self.reader.read(4))[0])

    def say(self, reply: bytes) -> None:
        """Send bytes back."""
        self.connection.sendall(reply)

    def reset(self) -> None:
        """Hang up rudely."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection with both hands."""
        self.reader.close()
        self.connection.close()


class ScriptedClamd:
    """A daemon on a local socket; ``behaviour`` answers INSTREAM, the other commands work."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.behaviour: Behaviour = says(b"stream: OK\n")
        self.version = b"ClamAV 1.4.6\n"
        self.pong = b"PONG\n"
        self.files: list[bytes] = []
        self.finished = threading.Event()
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(path))
        self._server.listen(16)
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> "ScriptedClamd":
        self._accepting.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.finished.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in (self._accepting, *self._threads):
            thread.join(timeout=5)

    def _accept(self) -> None:
        while not self.finished.is_set():
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._answer, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        caller = Caller(connection)
        try:
            match caller.command():
                case "PING":
                    caller.say(self.pong)
                case "VERSION":
                    caller.say(self.version)
                case "INSTREAM":
                    self.behaviour(caller)
        except (OSError, struct.error):
            # The portal hung up first, which some scripts are about.
            pass
        finally:
            caller.hang_up()


def says(reply: bytes) -> Behaviour:
    """Take the whole file, then say this."""

    def behave(caller: Caller) -> None:
        caller.take_file()
        caller.say(reply)

    return behave


@contextmanager
def scripted_clamd(folder: Path) -> Iterator[ScriptedClamd]:
    """Run a scripted clamd with its socket in the folder."""
    with ScriptedClamd(folder / "scripted.sock") as daemon:
        yield daemon
