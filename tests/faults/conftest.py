"""Other processes of the portal, on the database and the bytes of the test."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """Return the address of the test's own database, for another process."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    host = str(chosen["HOST"])
    if host.startswith("/"):
        return f"postgres:///{host}/{chosen['NAME']}"
    login = f"{chosen['USER']}:{chosen['PASSWORD']}"
    return f"postgres://{login}@{host}:{chosen['PORT']}/{chosen['NAME']}"


Environment = Callable[..., dict[str, str]]


@pytest.fixture
def environment(transactional_db: None, bytes_dir: Path, tmp_path: Path) -> Environment:
    """Give the environment of another process; ``die_at`` names where it is to be killed."""

    def make(die_at: str = "") -> dict[str, str]:
        made = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url(),
            "PORTAL_TEST_DATA": str(bytes_dir.parent),
            "PORTAL_CLAMD_SOCKET": configured.CLAMD_SOCKET,
            "FAULT_MARKER": str(tmp_path / "has-died"),
        }
        if die_at:
            made |= {"PORTAL_FAULT_HOOK": "tests.faults.hooks.die_once", "FAULT_AT": die_at}
        return made

    return make


@pytest.fixture
def run_worker(environment: Environment) -> Callable[..., int]:
    """Run a worker until its queue is empty, or it dies; return how it ended."""

    def run(die_at: str = "") -> int:
        connection.close()
        return subprocess.run(
            [sys.executable, "-m", "tests.faults.one_worker"],
            env=environment(die_at),
            cwd=ROOT,
            timeout=60,
            check=False,
        ).returncode

    return run
