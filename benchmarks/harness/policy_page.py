"""A policy's page for eight people at once, beside its floor and beside Wagtail's own page."""

import statistics
from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.core.management import call_command

from benchmarks.harness import people
from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, session_cookie, spread
from benchmarks.harness.client import Client
from benchmarks.harness.counting import ANSWER, ASK
from benchmarks.harness.crowd import Crowd
from benchmarks.harness.portals import static_files
from benchmarks.harness.servers import scanner, web_server
from portal.policies.models import PolicyPage

CONNECTIONS = 8
_EACH_TURN = 160
_FLOOR, _WAGTAIL = "/_floor/session/", "/_floor/wagtail"


def measure_page(bench: Bench) -> dict[str, Figure]:
    """Return how many pages a second go out, of ours, of the floor and of Wagtail's own."""
    bench.say("Filling a portal")
    with scanner():
        call_command("seed_demo", sites=0, evidence=0, verbosity=0)
    reader = people.person("staff")
    page = PolicyPage.objects.live().order_by("pk")[0]
    path = f"/policies/{page.slug}/"
    headers = {"Cookie": session_cookie(reader)}
    title = page.title.encode()
    environ = {"PORTAL_STATIC": str(static_files(bench)), "SECRET_KEY": settings.SECRET_KEY}
    looks = {
        "ours": (path, title),
        "floor": (_FLOOR, b"yes"),
        "wagtail": (_WAGTAIL + path, title),
    }
    bench.say(f"A policy's page over {CONNECTIONS} connections")
    with web_server(workers=1, environ=environ) as server:
        with Client(server.port, headers) as client:
            queries = _queries(client, path)
        with Crowd(server.port, CONNECTIONS) as crowd:
            turns = in_turns(
                bench.rounds(40, 8),
                {
                    name: partial(crowd.seconds, look, headers, shows, _EACH_TURN)
                    for name, (look, shows) in looks.items()
                },
                warm_up=2,
            )
    return _figures(turns) | {"page_queries": queries}


def _queries(client: Client, path: str) -> int:
    """Return how many statements the page takes when it was opened before."""
    client.get(path)
    return int(client.send("GET", path, headers=ASK).headers[ANSWER])


def _figures(turns: Mapping[str, list[float]]) -> dict[str, Figure]:
    rates = {name: _EACH_TURN / statistics.median(seconds) for name, seconds in turns.items()}
    return {
        "page_floor_rps_over_ours": ratio(turns, "ours", "floor"),
        "page_floor_rps_over_ours_quartiles": spread(turns, "ours", "floor"),
        "wagtail_floor_rps_over_wagtail": ratio(turns, "wagtail", "floor"),
        "page_rps": rates["ours"],
        "floor_rps": rates["floor"],
        "wagtail_page_rps": rates["wagtail"],
    }
