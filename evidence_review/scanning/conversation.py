"""One exchange with clamd: a fresh socket, one command, one reply, all before one moment.

The ``clamd`` package knows the protocol, but its connect ignores the timeout, each of its reads may
take the whole timeout again, it stops listening when a send fails, and it sends 1 KB at a time.
"""

import socket
import struct
import time
from typing import BinaryIO

import clamd

CHUNK = 64 * 1024
"""Bytes sent at a time; a fifth of the processor time that the package's 1 KB would take."""
LONGEST_REPLY = 4096
GRACE_SECONDS = 0.1


class BrokenConversation(clamd.ClamdError):
    """What came back is no reply, or the file was not what it was said to be."""


class Conversation(clamd.ClamdNetworkSocket):
    """Used for one command and thrown away.

    ``address`` is the path of a local socket, or ``host:port``; ``seconds`` is for everything
    together: connecting, sending, waiting, reading.
    """

    def __init__(self, address: str, seconds: float) -> None:
        super().__init__()
        self.address = address
        self.ends = time.monotonic() + seconds
        self.sent_everything = False

    def instream(self, stream: BinaryIO, size: int) -> str:
        """Send the stream's next ``size`` bytes to be scanned and return clamd's one line.

        ``sent_everything`` tells afterwards whether clamd took all of it before it answered.

        Raises:
            clamd.ClamdError, OSError: when there is no whole reply in time.
        """
        self._init_socket()
        try:
            try:
                self._send_command("INSTREAM")
                self._send_stream(stream, size)
            except (BrokenPipeError, ConnectionResetError):
                # It hung up in the middle; what it said before that can still be read.
                pass
            return self._recv_response()
        finally:
            self._close_socket()

    def _send_stream(self, stream: BinaryIO, size: int) -> None:
        left = size
        while left:
            chunk = stream.read(min(CHUNK, left))
            if not chunk:
                raise BrokenConversation(f"the file ended {left} bytes early")
            left -= len(chunk)
            self._send(struct.pack("!L", len(chunk)) + chunk)
        if stream.read(1):
            raise BrokenConversation("the file is longer than it should be")
        self._send(struct.pack("!L", 0))
        self.sent_everything = True

    def _init_socket(self) -> None:
        if "/" in self.address:
            self.clamd_socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                self.clamd_socket.settimeout(self._left())
                self.clamd_socket.connect(self.address)
            except OSError:
                self._close_socket()
                raise
            return
        host, _, port = self.address.rpartition(":")
        self.clamd_socket = socket.create_connection(
            (host.strip("[]"), int(port)), timeout=self._left()
        )

    def _send_command(self, cmd: str, *args: str) -> None:
        self._send(f"n{cmd}\n".encode())

    def _send(self, data: bytes) -> None:
        self.clamd_socket.settimeout(self._left())
        self.clamd_socket.sendall(data)

    def _recv_response(self) -> str:
        reply = b""
        while not reply.endswith(b"\n"):
            self.clamd_socket.settimeout(self._left())
            part = self.clamd_socket.recv(LONGEST_REPLY)
            if not part:
                raise BrokenConversation(f"it hung up after saying {reply!r}")
            reply += part
            if len(reply) > LONGEST_REPLY:
                raise BrokenConversation("it does not stop talking")
        self._expect_nothing_more()
        return reply[:-1].decode("utf-8", "replace")

    def _expect_nothing_more(self) -> None:
        # clamd hangs up after its one line. One that stays connected and silent is let pass.
        self.clamd_socket.settimeout(min(self._left(), GRACE_SECONDS))
        try:
            more = self.clamd_socket.recv(1)
        except (TimeoutError, ConnectionResetError):
            return
        if more:
            raise BrokenConversation("it says a second thing")

    def _left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("it did not answer in time")
        return left
