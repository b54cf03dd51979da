"""A small HTTP client that keeps one connection and times what it asks."""

import http.client
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType


@dataclass(frozen=True)
class Answer:
    """One answer and how many seconds it took, from the first byte sent to the last received."""

    status: int
    body: bytes
    seconds: float
    headers: Mapping[str, str]


class Client:
    """One kept connection to a server on loopback; ``headers`` go with every request."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self._headers = dict(headers or {})
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self.send("GET", path)

    def post(self, path: str, body: bytes, content_type: str) -> Answer:
        """Send a body."""
        return self.send("POST", path, body, {"Content-Type": content_type})

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request and read the whole answer."""
        started = time.perf_counter()
        self._connection.request(
            method, path, body=body or None, headers=self._headers | dict(headers or {})
        )
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - started
        return Answer(answer.status, content, seconds, dict(answer.getheaders()))


def multipart(
    fields: Mapping[str, str], name: str, content: bytes, content_type: str
) -> tuple[bytes, str]:
    """Return the body of a form with one file called ``file``, and its content type."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {content_type}\r\n\r\n"
    )
    body = "".join(parts).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
