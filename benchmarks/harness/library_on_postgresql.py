"""The same searches on PostgreSQL: a private server, one database for each size of library."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from benchmarks.harness.bench import Bench, Figure
from benchmarks.harness.client import Client
from benchmarks.harness.group_on_postgresql import copy_database, environ_of, named, run
from benchmarks.harness.library_pages import figures_of, library_of
from benchmarks.harness.portals import static_files
from benchmarks.harness.servers import web_server
from script.check.postgresql import NoPostgresql, private_server


def on_postgresql(bench: Bench, sizes: Sequence[int]) -> dict[str, Figure]:
    """Return the figures on PostgreSQL, each named ``..._postgresql``; none where it is missing."""
    static = {"PORTAL_STATIC": str(static_files(bench))}
    try:
        with private_server() as url, ExitStack() as running:
            libraries = []
            for size, cookies, refs in _filled(bench, url, sizes):
                environ = environ_of(named(url, f"library_{size}")) | static
                server = running.enter_context(web_server(workers=1, environ=environ))
                client = running.enter_context(Client(server.port))
                libraries.append(library_of(bench, client, size, cookies, refs))
            bench.say("Finding things on PostgreSQL")
            return figures_of(bench, libraries, "postgresql")
    except NoPostgresql as missing:
        bench.say(f"PostgreSQL is not measured: {missing}")
        return {}


def _filled(
    bench: Bench, url: str, sizes: Sequence[int]
) -> Iterator[tuple[int, tuple[str, str], list[str]]]:
    """Make a database for each size; give who looks for things there, and what there is."""
    run([sys.executable, "manage.py", "migrate", "--no-input", "-v", "0"], url)
    for size in sizes:
        bench.say(f"Writing a library of {size} documents on PostgreSQL")
        command = [sys.executable, "-m", "benchmarks.harness.fill_library", str(size)]
        told = json.loads(run([*command, str(bench.seed)], url).splitlines()[-1])
        copy_database(url, f"library_{size}")
        lead, restricted = told["cookies"]
        yield size, (lead, restricted), told["refs"]
