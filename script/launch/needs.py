"""What the portal needs from the operating system, and how to get it with apt."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_APT = ("apt-get", "-o", "DPkg::Lock::Timeout=120", "-qq")
_SEARCH_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


@dataclass(frozen=True)
class Need:
    """One system package, how to tell that what it brings is there, and what it is for."""

    package: str
    present: Callable[[], bool]
    purpose: str


class MissingNeeds(Exception):
    """Packages are missing and may not be installed from here; the text says what to do."""


def _command(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name, path=_SEARCH_PATH) is not None


def _library(name: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def _can_make_environments() -> bool:
    return find_spec("ensurepip") is not None and find_spec("venv") is not None


def _postgresql_server() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or _command("initdb")()


def _browser() -> bool:
    return any(_command(name)() for name in ("chromium", "chromium-browser", "google-chrome"))


TO_SERVE = (
    Need(
        f"python3.{sys.version_info.minor}-venv",
        _can_make_environments,
        "keeps the portal's Python packages apart from the system's",
    ),
    Need("libmagic1", _library("libmagic.so.1"), "tells what type a file really is"),
    Need("clamav-daemon", _command("clamd"), "checks uploads for viruses"),
    Need("bubblewrap", _command("bwrap"), "shuts the parsers of uploaded files in"),
    Need("tzdata", Path("/usr/share/zoneinfo/Europe/London").exists, "knows British summer time"),
)
TO_TEST = (
    *TO_SERVE,
    Need("postgresql", _postgresql_server, "the second database every test runs on"),
    Need("chromium", _browser, "the browser of the journeys"),
    Need("fonts-liberation", Path("/usr/share/fonts/truetype/liberation").exists, "text on screen"),
)


def ensure(needs: Iterable[Need]) -> None:
    """Install the packages that are missing, or raise ``MissingNeeds`` that names each of them."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    packages = [need.package for need in missing]
    administrator = _as_administrator()
    if administrator is None or shutil.which("apt-get") is None:
        raise MissingNeeds(_what_to_do(missing))
    print(f"Installing {', '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [*_APT, "install", "--yes", "--no-install-recommends", *packages]
    for command in ([*_APT, "update"], install):
        subprocess.run(
            [*administrator, *command], env=environment, stdout=subprocess.DEVNULL, check=False
        )
    still_missing = [need for need in missing if not need.present()]
    if still_missing:
        raise MissingNeeds(_what_to_do(still_missing))


def _as_administrator() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0:
        return sudo
    return None


def _what_to_do(missing: list[Need]) -> str:
    lines = [f"  {need.package:<20} {need.purpose}" for need in missing]
    command = "sudo apt-get install " + " ".join(need.package for need in missing)
    return "\n".join(["These system packages are missing:", *lines, f"Install them: {command}"])
