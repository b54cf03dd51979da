"""A timestamp is asked for, checked and kept; rubbish never is. The server is openssl's."""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from portal.anchors.models import Anchor, AnchorKind, AnchorProblem
from portal.anchors.places import timestamp
from portal.anchors.places.place import NotKept
from portal.anchors.places.timestamp import timestamp_place
from portal.anchors.tasks import anchor
from portal.sealing.models import Seal

pytestmark = pytest.mark.django_db
CONFIG = """
[tsa]
dir = {folder}
serial = $dir/serial
signer_cert = $dir/tsa.pem
signer_key = $dir/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = CA:FALSE
"""
Answer = Callable[[bytes], tuple[int, bytes]]


def _openssl(*words: str, cwd: Path) -> None:
    subprocess.run(["openssl", *words], cwd=cwd, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority() -> Iterator[Path]:
    """Make a timestamp authority with its own root, once."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        new_key = ("-newkey", "rsa:2048", "-nodes")
        root = ("req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "9")
        _openssl(*root, "-subj", "/CN=Root of a test", cwd=folder)
        ask = ("req", *new_key, "-keyout", "tsa.key", "-out", "tsa.csr")
        _openssl(*ask, "-subj", "/CN=Clock of a test", cwd=folder)
        sign = ("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key")
        extensions = ("-extfile", "tsa.cnf", "-extensions", "ext")
        _openssl(*sign, "-out", "tsa.pem", "-days", "9", *extensions, cwd=folder)
        _openssl(
            "req", "-x509", *new_key, "-keyout", "x.key", "-out", "other.pem", "-subj", "/CN=Other",
            cwd=folder,
        )  # fmt: skip
        yield folder


def stamped(authority: Path, query: bytes) -> bytes:
    """Return what the authority answers."""
    (authority / "query").write_bytes(query)
    reply = ("ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query")
    _openssl(*reply, "-out", "answer", cwd=authority)
    return (authority / "answer").read_bytes()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Give a way to start a server that answers as a test says; it returns its address."""
    servers = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                status, body = answer(sent)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/tsa"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_timestamp_is_kept_and_openssl_agrees_with_it(
    seal: Seal,
    authority: Path,
    serve: Callable[[Answer], str],
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.TIMESTAMP_URL = serve(lambda query: (200, stamped(authority, query)))
    settings.TIMESTAMP_CA_FILE = str(authority / "ca.pem")

    anchor("timestamp", "tsa:127.0.0.1")

    kept = Anchor.objects.get(kind=AnchorKind.TIMESTAMP)
    assert not kept.is_outside
    (tmp_path / "note").write_text(seal.note)
    (tmp_path / "receipt.tsr").write_bytes(bytes(kept.receipt))
    verify = ("ts", "-verify", "-data", "note", "-in", "receipt.tsr", "-CAfile")
    _openssl(*verify, str(authority / "ca.pem"), cwd=tmp_path)


def test_a_timestamp_by_somebody_else_is_not_kept(
    seal: Seal, authority: Path, serve: Callable[[Answer], str], settings: Settings
) -> None:
    settings.TIMESTAMP_URL = serve(lambda query: (200, stamped(authority, query)))
    settings.TIMESTAMP_CA_FILE = str(authority / "other.pem")

    anchor("timestamp", "tsa:127.0.0.1")

    assert "not signed by whom" in AnchorProblem.objects.get().sentence
    assert not Anchor.objects.exists()


def test_the_timestamp_of_another_request_is_not_kept(
    seal: Seal, authority: Path, serve: Callable[[Answer], str]
) -> None:
    first: list[bytes] = []

    def always_the_first(query: bytes) -> tuple[int, bytes]:
        first[:] = first or [stamped(authority, query)]
        return 200, first[0]

    place = timestamp_place(serve(always_the_first))
    place.keep(seal)

    with pytest.raises(NotKept, match="something else"):
        place.keep(seal)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"", "no timestamp"),
        (200, b"<html>Welcome to the hotel</html>", "no timestamp"),
        (200, b"\x30\x03\x02\x01\x00", "no timestamp"),
        (200, b"\x30\x80" * 500, "no timestamp"),
        (200, b"x" * 70_000, "no timestamp"),
        (200, b"\x30\x05\x30\x03\x02\x01\x02", "would not sign"),
        (503, b"", "status 503"),
        (302, b"", "status 302"),
    ],
)
def test_rubbish_is_told_in_a_sentence_and_not_kept(
    seal: Seal, serve: Callable[[Answer], str], status: int, body: bytes, said: str
) -> None:
    with pytest.raises(NotKept, match=said):
        timestamp_place(serve(lambda query: (status, body))).keep(seal)


def test_a_server_that_is_slow_is_given_up(
    seal: Seal, serve: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamp, "_DEADLINE_SECONDS", 0.05)
    gone = threading.Event()

    def slowly(query: bytes) -> tuple[int, bytes]:
        gone.wait(5)
        return 500, b""

    with pytest.raises(NotKept, match="too long"):
        timestamp_place(serve(slowly)).keep(seal)
    gone.set()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:9/", "cannot be reached"),
        ("file:///etc/passwd", "no web address"),
        ("tsa.example", "no web address"),
        ("http://127.0.0.1:notaport/", "cannot be reached"),
    ],
)
def test_an_address_that_does_not_work_is_told(seal: Seal, url: str, said: str) -> None:
    with pytest.raises(NotKept, match=said):
        timestamp_place(url).keep(seal)
