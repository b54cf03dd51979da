"""Several people opening one page at once, over connections that stay open."""

import selectors
import socket
import time
from collections.abc import Mapping
from types import TracebackType

_PIECE = 256 * 1024
_LONGEST_WAIT = 60.0


class WrongAnswer(Exception):
    """What came back is not the page; the text holds its beginning."""


class Crowd:
    """``size`` kept connections to a server on loopback, each asking again when it is answered.

    One thread, and no more work for each answer than finding its end and looking for one word: what
    is measured is the server, with which the client shares the processors.
    """

    def __init__(self, port: int, size: int = 8) -> None:
        self._connections = [socket.create_connection(("127.0.0.1", port)) for _ in range(size)]
        for one in self._connections:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self._connections:
            one.close()

    def seconds(self, path: str, headers: Mapping[str, str], shows: bytes, times: int) -> float:
        """Return how long the crowd takes to open a page ``times`` times, altogether.

        Raises:
            WrongAnswer: an answer is not 200, or does not hold ``shows``.
        """
        sent = {"Host": "127.0.0.1", **headers}
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        request = ("\r\n".join(lines) + "\r\n\r\n").encode()
        started = time.perf_counter()
        self._ask(request, shows, times)
        return time.perf_counter() - started

    def _ask(self, request: bytes, shows: bytes, times: int) -> None:
        to_send, answered = times, 0
        received = {one: bytearray() for one in self._connections}
        with selectors.DefaultSelector() as ready:
            for one in self._connections[:times]:
                ready.register(one, selectors.EVENT_READ, one)
                one.sendall(request)
                to_send -= 1
            while answered < times:
                events = ready.select(_LONGEST_WAIT)
                if not events:
                    raise WrongAnswer("no answer came")
                for key, _ in events:
                    one = key.data
                    piece = one.recv(_PIECE)
                    received[one] += piece
                    if not piece:
                        raise WrongAnswer(bytes(received[one][:500]).decode(errors="replace"))
                    if not _is_whole(received[one], shows):
                        continue
                    answered += 1
                    received[one].clear()
                    if to_send:
                        one.sendall(request)
                        to_send -= 1


def _is_whole(answer: bytearray, shows: bytes) -> bool:
    """Tell whether the whole answer is there, and see that it is the page."""
    head, end, body = bytes(answer).partition(b"\r\n\r\n")
    if not end:
        return False
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    if len(body) < length:
        return False
    if b" 200 " not in head[:20] or shows not in body:
        raise WrongAnswer(bytes(answer[:500]).decode(errors="replace"))
    return True
