"""What an upload costs beside a bare WSGI view that streams the same bytes to a synced file.

The portal's side is a whole ``POST /api/v1/evidence/``: token, form, sniff, SHA-256, synced bytes,
row, events and job. No worker runs, so that the virus check is not measured here (see ``scan``).
"""

import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks.harness import people
from benchmarks.harness.bench import Bench, Figure, in_turns, ratio
from benchmarks.harness.client import Client, multipart
from benchmarks.harness.floors import RECEIVE_PATH
from benchmarks.harness.servers import WebServer, peak_mb, web_server

MEGABYTE = 1024 * 1024
_FEW, _MANY = 1_000, 20_000


def measure(bench: Bench) -> dict[str, Figure]:
    """Return the ratios, the growth of memory, and the growth with the evidence there is."""
    bench.say(f"Filling a portal with {_FEW} pieces of evidence")
    people.fill(_FEW)
    headers = people.bearer(people.person("contributor"))
    figures: dict[str, Figure] = {}
    with web_server() as server:
        send = _Sender(server.port, headers, people.first_site().public_id)
        figures |= _one_at_a_time(bench, send)
        figures |= _four_at_a_time(bench, send)
        few = _median_small(bench, send)
        figures |= _memory(bench, server, send)
    bench.say(f"Filling it up to {_MANY}")
    people.grow(_MANY if not bench.quick else _FEW * 5)
    with web_server() as server:
        send = _Sender(server.port, headers, people.first_site().public_id)
        figures["upload_growth_1k_to_20k"] = _growth(bench, send, few)
    return figures


class _Sender:
    """Sends uploads to the portal, and the same bytes to the floor."""

    def __init__(self, port: int, headers: dict[str, str], site: str) -> None:
        self.port, self.headers, self.site = port, headers, site

    def portal(self, size: int) -> float:
        """Send a new file of ``size`` bytes to the portal; return the seconds it took."""
        fields = {"title": "Benchmark", "site": self.site}
        body, content_type = multipart(fields, "b.pdf", _content(size), "application/pdf")
        with Client(self.port, self.headers) as client:
            answer = client.post("/api/v1/evidence/", body, content_type)
        if answer.status != 201:
            raise RuntimeError(answer.body[:500])
        return answer.seconds

    def floor(self, size: int) -> float:
        """Send as many bytes to the floor; return the seconds it took."""
        with Client(self.port) as client:
            answer = client.post(RECEIVE_PATH, _content(size), "application/octet-stream")
        if answer.status != 201:
            raise RuntimeError(answer.body[:500])
        return answer.seconds


def _content(size: int) -> bytes:
    """Return what begins as a PDF and no earlier upload had, so that nothing is kept once for two.

    The request looks at the first bytes only; what follows them does not matter here.
    """
    line = f"%{random.getrandbits(128):032x} a line of no meaning\n".encode()
    return (b"%PDF-1.7\n" + line * (size // len(line) + 1))[:size]


def _one_at_a_time(bench: Bench, send: _Sender) -> dict[str, Figure]:
    bench.say("One upload at a time")
    small = in_turns(
        bench.rounds(60, 15),
        {"portal": lambda: send.portal(MEGABYTE), "floor": lambda: send.floor(MEGABYTE)},
        warm_up=4,
    )
    large = in_turns(
        bench.rounds(12, 3),
        {"portal": lambda: send.portal(50 * MEGABYTE), "floor": lambda: send.floor(50 * MEGABYTE)},
    )
    return {
        "upload_1mb_ratio": ratio(small, "portal", "floor"),
        "upload_1mb_ms": statistics.median(small["portal"]) * 1000,
        "upload_50mb_ratio": ratio(large, "portal", "floor"),
        "upload_50mb_ms": statistics.median(large["portal"]) * 1000,
    }


def _four_at_a_time(bench: Bench, send: _Sender) -> dict[str, Figure]:
    bench.say("Four clients at once")
    uploads = bench.rounds(80, 24)

    def seconds(one: Callable[[int], float]) -> float:
        started = time.perf_counter()
        with ThreadPoolExecutor(4) as clients:
            list(clients.map(one, [MEGABYTE] * uploads))
        return time.perf_counter() - started

    turns = in_turns(
        bench.rounds(5, 2),
        {"portal": lambda: seconds(send.portal), "floor": lambda: seconds(send.floor)},
    )
    return {
        "uploads_4_clients_share": ratio(turns, "floor", "portal"),
        "uploads_4_clients_per_s": uploads / statistics.median(turns["portal"]),
    }


def _median_small(bench: Bench, send: _Sender) -> float:
    """Return the portal's seconds for 1 MB over the floor's, just now."""
    turns = in_turns(
        bench.rounds(40, 12),
        {"portal": lambda: send.portal(MEGABYTE), "floor": lambda: send.floor(MEGABYTE)},
    )
    return ratio(turns, "portal", "floor")


def _growth(bench: Bench, send: _Sender, few: float) -> float:
    """Return how much dearer an upload is beside its floor than it was with few."""
    return _median_small(bench, send) / few


def _memory(bench: Bench, server: WebServer, send: _Sender) -> dict[str, Figure]:
    """Return how far the peak memory of a web process rises above its rest, in MB."""
    bench.say("Memory of a web process")
    for _ in range(4):
        send.portal(MEGABYTE)
    grown = {}
    for size in (50, 100):
        before = max(peak_mb(pid) for pid in server.workers())
        send.portal(size * MEGABYTE - 1)
        send.portal(size * MEGABYTE - 1)
        grown[size] = max(peak_mb(pid) for pid in server.workers()) - before
    return {
        "upload_web_rss_growth_mb": grown[50],
        "upload_web_rss_growth_100mb_mb": grown[100],
    }
