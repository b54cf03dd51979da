"""What the person who starts the portal may choose."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_HELP_END = """\
environment:
  PORTAL_PORT              port on this machine (8000)
  PORTAL_DATA              folder for everything the portal keeps (var/)
  PORTAL_DEMO_PASSWORD     one fixed password for all demo people (random ones)
  PORTAL_UPLOAD_MAX_MB     largest upload (100)
  PORTAL_SIGNATURE_MIRROR  a virus signature mirror of your own, or "none" (ClamAV's)
  DATABASE_URL             a PostgreSQL database (SQLite in the data folder)

Ctrl-C stops everything that this command started.
"""


class WrongOption(Exception):
    """A choice cannot be used; the text says which and why."""


@dataclass(frozen=True)
class Options:
    """The choices of one start."""

    data: Path
    port: int
    demo: bool
    upload_max_mb: int
    signature_mirror: str
    database_url: str

    @property
    def address(self) -> str:
        """Where the portal is reached from this machine."""
        return f"http://localhost:{self.port}/"


def read(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Options:
    """Read the command line and the environment; raises ``WrongOption``."""
    parser = argparse.ArgumentParser(
        prog="script/server",
        description="Start the whole portal on this machine: installs what is missing, prepares "
        "the database, runs the virus scanner, the worker and the web server. The first start "
        "loads a demo care provider.",
        epilog=_HELP_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--no-demo",
        dest="demo",
        action="store_false",
        help="start empty, and print a one-time link that makes the first administrator",
    )
    chosen = parser.parse_args(arguments)
    return Options(
        data=Path(environment.get("PORTAL_DATA") or ROOT / "var").resolve(),
        port=_number(environment, "PORTAL_PORT", 8000, 65535),
        demo=chosen.demo,
        upload_max_mb=_number(environment, "PORTAL_UPLOAD_MAX_MB", 100, 2000),
        signature_mirror=environment.get("PORTAL_SIGNATURE_MIRROR", ""),
        database_url=environment.get("DATABASE_URL", ""),
    )


def _number(environment: Mapping[str, str], name: str, default: int, largest: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= largest:
        raise WrongOption(f"{name} must be a whole number from 1 to {largest}, not {text!r}.")
    return int(text)
