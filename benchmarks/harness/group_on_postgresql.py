"""The same pages on PostgreSQL: a private server, one database for each size of group."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack

import psycopg
from django.conf import settings
from psycopg import sql

from benchmarks.harness.bench import Bench, Figure
from benchmarks.harness.client import Client
from benchmarks.harness.group_pages import figures_of, pages_of
from benchmarks.harness.pages import Opened
from benchmarks.harness.portals import static_files
from benchmarks.harness.servers import web_server
from script.check.postgresql import NoPostgresql, private_server
from script.launch.options import ROOT

_SIZES = (1, 10, 300)
_WANTED = ("over", "queries", "_ms")


def on_postgresql(bench: Bench) -> dict[str, Figure]:
    """Return the figures on PostgreSQL, each named ``..._postgresql``; none where it is missing."""
    static = str(static_files(bench))
    pages: dict[str, Opened] = {}
    try:
        with private_server() as url, ExitStack() as running:
            for size, (cookie, site) in _filled(bench, url).items():
                environ = environ_of(named(url, f"group_{size}")) | {"PORTAL_STATIC": static}
                server = running.enter_context(web_server(workers=1, environ=environ))
                client = running.enter_context(Client(server.port))
                pages |= pages_of(client, size, cookie, site, alone=size != 10)
            bench.say("The group's page and the page of one site, on PostgreSQL")
            figures = figures_of(bench, pages)
    except NoPostgresql as missing:
        bench.say(f"PostgreSQL is not measured: {missing}")
        return {}
    return {
        f"{name}_postgresql": value
        for name, value in figures.items()
        if any(part in name for part in _WANTED)
    }


def _filled(bench: Bench, url: str) -> dict[int, tuple[str, str]]:
    """Make a database for each size; return who opens which site there."""
    run([sys.executable, "manage.py", "migrate", "--no-input", "-v", "0"], url)
    who = {}
    for size in _SIZES:
        bench.say(f"Filling a group with {size} sites on PostgreSQL")
        command = [sys.executable, "-m", "benchmarks.harness.fill_group", str(size)]
        told = json.loads(run(command, url).splitlines()[-1])
        who[size] = told["cookie"], told["site"]
        copy_database(url, f"group_{size}")
    return who


def copy_database(url: str, name: str) -> None:
    """Copy the database that was filled under a name of its own."""
    with psycopg.connect(_connection(url, "template1"), autocommit=True) as server:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE postgres")
        server.execute(statement.format(sql.Identifier(name)))


def named(url: str, database: str) -> str:
    """Return the URL of another database of the same server."""
    return f"{url.rpartition('/')[0]}/{database}"


def _connection(url: str, database: str) -> str:
    folder = url.removeprefix("postgres:///").rpartition("/")[0]
    return f"host={folder} dbname={database}"


def environ_of(url: str) -> dict[str, str]:
    """Return what a process needs to know to work on a database."""
    return os.environ | {"DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}


def run(command: list[str], url: str, **own: str) -> str:
    """Run a command on a database, with ``own`` in its environment; return what it printed."""
    environ = environ_of(url) | own
    done = subprocess.run(
        command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
